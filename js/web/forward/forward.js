// The settings `forward` and `visitorId` on a page: what the Messenger tells is tracked by the loader, and its visitor's id goes along.
import engine from "../../../pkg/forwarding.js";
import { attempt } from "../../engine/values.js";
import { shared } from "../page.js";
import { read, WORDS } from "./asked.js";
import { callbacks } from "./callbacks.js";
import { addVisitorId } from "./visitor-id.js";
import { whenReady } from "./when-ready.js";

const TOO_MANY = WORDS.length + 1;
const PROPERTIES = { unread: "unread_count", email: "email" };

// By these names Intercom is known to loaders and their vendors' servers: none of them is to have the event back.
const NAMES = ["Intercom", "Intercom Web (Actions)", "Intercom Cloud Mode (Actions)", "intercom-web"];

/** A loader's `track` takes these: they keep the event from Intercom, and mark it for destinations that the loader does not ask. */
const options = () => ({
  integrations: Object.fromEntries(NAMES.map((name) => [name, false])),
  context: { Intercom: { forwarded: true } },
});
const isForwarded = (event) => attempt(() => event.context.Intercom.forwarded) === true;

const listen = (page, { forward, loader, report }) => {
  const rules = engine({});
  const names = read(forward, report);
  const asked = WORDS.reduce((bits, _, word) => bits | (names[word] ? 1 << word : 0), 0);
  let isOver = false;

  // A turn later, so that nothing of the loader's runs, or throws, within a call of the Messenger's.
  const track = async (name, properties) => {
    try {
      await undefined;
      if (!isOver) await loader.track(name, properties, options());
    } catch {
      // Its message may hold what the event holds.
      report("forward_failed", "The loader could not track what the Messenger told");
    }
  };

  const tell = (kind, value, isFirst) => {
    const word = rules.told(Date.now(), kind, typeof value === "number" ? value : NaN);
    const property = PROPERTIES[WORDS[word]];
    const isKnown = typeof value === (property === "email" ? "string" : "number");
    if (!isFirst) return;
    if (word === TOO_MANY) report("forward_many", "The Messenger told of over 60 events within a minute; further ones are not forwarded");
    else if (names[word]) track(names[word], property && isKnown ? { [property]: value } : {});
  };

  const listener = { loader, callbacks: rules.ask(asked), tell, began: rules.messenger_began };
  page.add(listener);
  return {
    left: rules.visitor_left,
    stop: () => {
      isOver = true;
      page.remove(listener);
    },
  };
};

/** Begins; the result is called with true when the loader's visitor leaves, and with nothing when it is over. */
export const forward = (site) => {
  const { loader, report } = site;
  const page = callbacks();
  shared().isForwarded ??= isForwarded;

  let forwarding, stop;
  if (site.forward) {
    if (typeof loader?.track === "function") forwarding = listen(page, site);
    else report("forward_unavailable", "the loader has no function to track");
  }
  if (site.visitorId) {
    stop = attempt(() => addVisitorId(loader, page.visitorId));
    if (!stop) report("visitor_id_unavailable", "The loader takes no plugin that adds the visitor's id: use whenReady()");
  }

  return (isReset) => {
    if (!isReset) {
      forwarding?.stop();
      stop?.();
    } else if (site.shutdownOnReset !== false) {
      forwarding?.left();
      page.leave();
    }
  };
};
forward.whenReady = whenReady;
