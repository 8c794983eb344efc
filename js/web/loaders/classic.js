// The classic `analytics.js-core`: the integration for `analytics.use(classic())` and `analytics.initialize({ Intercom: settings })`.
import { createFeed } from "../feed.js";

/** Facades turn every ISO string into a Date; actions drop what is not flat, so it becomes one again. */
const plain = (value) =>
  value instanceof Date
    ? Number.isNaN(+value)
      ? undefined
      : value.toISOString()
    : Array.isArray(value)
      ? value.map(plain)
      : Object(value) === value
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
        : value;

/** An integration class with the name that Segment's own had. Options of `initialize` go before `settings`. */
export const classic = (settings) => {
  function Integration(options) {
    if (options?.addIntegration) return options.addIntegration(Integration);
    const all = { ...settings, ...options };
    const feed = createFeed(all);
    const listeners = [];
    const ready = () => listeners.splice(0).forEach((listener) => listener());
    this.options = all;
    this.on = this.once = (_name, listener) => void listeners.push(listener);
    this.ready = ready;
    this.initialize = () => {
      feed.open(this.analytics);
      ready();
    };
    this.invoke = (type, facade) =>
      feed.send(() => {
        const event = plain(facade.json());
        // Only identify carries the user, and a reset is told to no one.
        const current = this.analytics?.user().id() ?? undefined;
        feed.follow(current);
        return { ...event, type, userId: event.userId ?? current };
      });
    this.reset = () => feed.reset();
  }
  Integration.prototype.name = "Intercom";
  return Integration;
};
