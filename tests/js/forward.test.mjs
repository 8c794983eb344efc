// What the Messenger tells, in any order with all else that happens on a page: a plain model says what each loader may track of it.
// `SEED=N` draws other orders, `SEQUENCES=N` more of them.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.window = globalThis;
const { forward } = await import("../../js/web/forward/forward.js");
const page = await import("../../js/web/page.js");

const SEED = Number(process.env.SEED ?? 1);
const SEQUENCES = Number(process.env.SEQUENCES ?? 10_000);
const STEPS = 25;

const APP = "abc123";
const WORDS = { onShow: "show", onHide: "hide", onUnreadCountChange: "unread", onUserEmailSupplied: "email" };
const ASKED = [true, ["show", "hide", "unread", "email"], ["hide"], { show: "Show", unread: true }, ["email"]];
const NAMES = { show: "Messenger Opened", hide: "Messenger Closed", unread: "Messenger Unread Changed", email: "Messenger Email Supplied" };

function generator(seed) {
  let state = seed >>> 0;
  // mulberry32
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % most;
  };
}

/** What an event for this word is, `[name, properties]`, or undefined where the site does not ask for it. */
const eventOf = (asked, word, value) => {
  const named = asked === true || (Array.isArray(asked) ? asked.includes(word) : asked[word]);
  if (!named) return;
  const properties = word === "unread" ? { unread_count: value } : word === "email" && asked !== true ? { email: value } : {};
  return [typeof named === "string" ? named : NAMES[word], properties];
};

class Messenger {
  registered = {};
  unread = 0;
  constructor({ keeps }) {
    this.keeps = keeps;
    this.hear = (method, argument) => {
      if (method === "boot" || method === "shutdown") this.isBooted = method === "boot";
      if (method === "shutdown") this.unread = 0;
      if (method === "shutdown" && !this.keeps) this.registered = {};
      if (typeof argument !== "function") return;
      (this.registered[method] ??= []).push(argument);
      if (method === "onUnreadCountChange" && this.isBooted) argument(this.unread);
    };
  }
  call(method, value) {
    for (const callback of [...(this.registered[method] ?? [])]) callback(value);
  }
}

class World {
  destinations = [];
  expected = [];
  tracked = [];
  constructor(random) {
    this.random = random;
    this.loaders = [0, 1].map((number) => ({
      track: (name, properties, options) => {
        assert.equal(page.isForwarded({ type: "track", event: name, properties, ...options }), true);
        this.tracked.push([number, name, properties]);
      },
    }));
    this.messenger = new Messenger({ keeps: random(2) === 0 });
    this.queue = [];
    const stub = (...words) => stub.q.push(words);
    stub.q = this.queue;
    window.Intercom = stub;
  }

  arrive() {
    if (this.isHere) return;
    this.isHere = true;
    const { q } = page.intercom() ?? window.Intercom;
    window.Intercom = this.messenger.hear;
    page.intercom();
    for (const words of q) this.messenger.hear(...words);
    this.hearUnread();
  }

  open() {
    const number = this.random(2);
    const asked = ASKED[this.random(ASKED.length)];
    const listener = () => {};
    const isFirst = page.enter(APP, listener);
    page.intercom();
    if (isFirst) page.callIntercom(["boot", {}], listener);
    const stop = forward({
      loader: this.loaders[number],
      forward: asked,
      report: (code, sentence) => assert.fail(`${code}: ${sentence}`),
    });
    this.destinations.push({ number, asked, listener, stop, isOpen: undefined, unread: 0, isLeft: false });
    this.hearUnread();
  }

  close() {
    const [destination] = this.destinations.splice(this.random(this.destinations.length || 1), 1);
    if (!destination) return;
    const isLast = page.leave(destination.listener);
    if (isLast) this.says("shutdown", destination);
    destination.stop();
    if (isLast) page.restoreIntercom();
  }

  says(method, { listener } = {}) {
    if (listener) page.callIntercom([method, {}], listener);
    else window.Intercom(method, {});
    // With nobody on the page, the page speaks to Intercom alone.
    for (const destination of this.destinations) Object.assign(destination, { isOpen: undefined, unread: 0, isLeft: false });
    if (method === "boot") this.hearUnread();
  }

  reset() {
    const number = this.random(2);
    for (const destination of this.destinations.filter((each) => each.number === number)) {
      destination.stop(true);
      destination.isLeft = true;
    }
  }

  /** The Messenger tells the unread count when it is given a function for it, too. */
  hearUnread() {
    if (this.isHere && this.messenger.isBooted) this.hear("unread", this.messenger.unread);
  }

  hear(word, value) {
    const told = new Set();
    for (const destination of this.destinations) {
      const isFirst = !told.has(destination.number);
      told.add(destination.number);
      const was = { ...destination };
      if (word === "show" || word === "hide") destination.isOpen = word === "show";
      if (word === "unread") destination.unread = value;
      const isNew = word === "email" || was.isOpen !== destination.isOpen || was.unread !== destination.unread;
      const event = isFirst && isNew && !destination.isLeft && eventOf(destination.asked, word, value);
      if (event) this.expected.push([destination.number, ...event]);
    }
  }

  tell(method, value) {
    // One that is shut down shows nothing.
    if (!this.messenger.isBooted) return;
    if (method === "onUnreadCountChange") this.messenger.unread = value;
    this.hear(WORDS[method], value);
    this.messenger.call(method, value);
  }
}

const STEP = [
  (world) => world.open(),
  (world) => world.open(),
  (world) => world.close(),
  (world) => world.arrive(),
  (world) => world.arrive(),
  (world) => world.destinations[0] && world.says("shutdown", world.destinations[0]),
  (world) => world.destinations[0] && world.says("boot", world.destinations[0]),
  (world) => world.destinations[0] && world.says("boot"),
  (world) => world.destinations[0] && (world.says("shutdown"), world.says("boot")),
  (world) => world.reset(),
  ...["onShow", "onHide", "onShow", "onHide"].map((method) => (world) => world.tell(method)),
  ...[0, 1].map(() => (world) => world.tell("onUnreadCountChange", world.random(3))),
  (world) => world.tell("onUserEmailSupplied", `${world.random(9)}@example.com`),
];

test(`${SEQUENCES} random orders: nothing is tracked twice, nothing is lost, and nothing comes back`, async () => {
  let events = 0;
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const seed = SEED * 1_000_003 + sequence;
    const random = generator(seed);
    const world = new World(random);
    const taken = [];
    for (let i = 0; i < STEPS; i++) {
      const step = random(STEP.length);
      taken.push(step);
      STEP[step](world);
      await undefined;
      await undefined;
      await undefined;
    }
    while (world.destinations.length > 0) world.close();
    world.messenger.call("onShow");
    await new Promise((done) => setImmediate(done));
    assert.deepEqual(world.tracked, world.expected, `seed ${seed}, steps ${taken}`);
    events += world.tracked.length;
  }
  assert.ok(events > SEQUENCES / 10, `only ${events} events`);
  console.log(`${events} events in ${SEQUENCES} orders`);
});
