// Runs in the page: sets up the plugins side by side, sends them the same events, and compares what reaches Intercom.
import { needed } from "./compare.mjs";
import { differences } from "./differences.mjs";
import { useDirectives } from "./draw-mapping.mjs";
import { DIRECTIVES, LATER_OPTIONS, drawSettings, drawVisit } from "./draw-plugin.mjs";
import { judge } from "./judge.mjs";
import { mend, on } from "./mends.mjs";
import { random } from "./random.mjs";
import { same, show } from "./same.mjs";
import { copy, shrink } from "./shrink.mjs";

// The mended build calls these by name.
window.mend = mend;
// Ours says in the console what it leaves out, thousands of times over.
console.warn = () => {};
useDirectives(DIRECTIVES, LATER_OPTIONS);

const IDS = [
  "isolation",
  "own-properties",
  "single-pass",
  "not-json",
  "sparse-arrays",
  "unprintable",
  "nested-parentheses",
  "empty-group",
  "older-build",
  "price-rounding",
  "unreadable-revenue",
  "own-price",
  "unreadable-date",
  "digit-dates",
  "absent-activator",
  "not-an-object",
  "company-id",
];
/** Events for each drawn site. */
const VISITS = 25;

/** A plugin on a `window.Intercom` of its own; `send(event)` gives the calls it makes. */
async function open(factory, settings) {
  let calls = [];
  const record = (...args) => void calls.push(args);
  const before = (method) => {
    // A widget that arrives is another function than the one that was there; Segment's build waits for that.
    if (method === "boot") window.Intercom = record;
  };
  window.Intercom = before;
  const plugins = await factory(settings);
  for (const plugin of plugins) await plugin.load({}, {});
  window.Intercom = record;
  return {
    send: (event) => {
      // The events are those of different visitors; ours would go on telling of the last one's identity hash.
      window.Intercom("shutdown");
      calls = [];
      window.Intercom = record;
      for (const plugin of plugins) {
        try {
          Promise.resolve(plugin[event.type]({ event })).catch(() => {});
        } catch (error) {
          calls.push(["thrown", String(error)]);
        }
      }
      // What is said later belongs to no event.
      const made = calls;
      calls = [];
      return made;
    },
    close: async () => {
      for (const plugin of plugins.slice(0, 1)) await plugin.unload?.();
    },
  };
}

/** Segment's calls with what ours adds to updates of one event: the proof of who a user is goes with each that names the user. */
const carried = (calls) => {
  let known = {};
  return calls.map(([method, payload, ...rest]) => {
    if (method !== "update") return [method, payload, ...rest];
    const made = { ...payload };
    if (made.user_id && made.user_id === known.user_id) {
      for (const proof of ["user_hash", "intercom_user_jwt"]) if (known[proof] && !made[proof]) made[proof] = known[proof];
    }
    known = made.user_id && known.user_id && made.user_id !== known.user_id ? made : { ...known, ...made };
    return [method, made, ...rest];
  });
};

async function site(settings) {
  const ours = { ...copy(settings), updateGuard: false, onError: () => {} };
  const sides = {
    plain: await open(window.segmentPlain, copy(settings)),
    mended: await open(window.segmentMended, copy(settings)),
    ours: await open(window.intercomDestination, ours),
  };
  const send = (side, event) => sides[side].send(copy(event));
  return {
    send,
    verdict: (event) => {
      const calls = send("ours", event);
      if (same(carried(send("plain", event)), calls)) return "same";
      return needed(IDS, () => same(carried(send("mended", event)), calls));
    },
    close: () => sides.ours.close(),
  };
}

const isSite = ({ settings, event }) =>
  Object(event) === event && typeof event.type === "string" && settings?.appId === "abc123" && Array.isArray(settings.subscriptions);

/** First the event is made small at the same site, then the site for that event. */
async function smallest(settings, event) {
  const at = await site(settings);
  const small = shrink(
    event,
    (candidate) => isSite({ settings, event: candidate }) && candidate.type === event.type && at.verdict(candidate) === undefined,
    2000,
  );
  await at.close();
  let best = settings;
  for (let i = settings.subscriptions.length - 1; i >= 0; i--) {
    const fewer = { ...best, subscriptions: best.subscriptions.toSpliced(i, 1) };
    const there = await site(fewer);
    if (there.verdict(small) === undefined) best = fewer;
    await there.close();
  }
  const last = await site(best);
  const lines = [
    ["Segment", "plain"],
    ["ours   ", "ours"],
    ["mended ", "mended"],
  ];
  IDS.forEach((id) => on.add(id));
  const text = lines.map(([name, side]) => `  ${name} ${show(last.send(side, small))}`).join("\n");
  on.clear();
  await last.close();
  return `  settings ${show(best)}\n  event   ${show(small)}\n${text}`;
}

async function compare({ seed, cases }) {
  const named = new Map();
  const faults = [];
  for (let index = 0; index < cases; ) {
    const first = index;
    const draw = () => drawSettings(random(seed, -1 - first));
    const at = await site(draw());
    const failing = [];
    for (let visit = 0; visit < VISITS && index < cases; visit++, index++) {
      const event = drawVisit(random(seed, index));
      const result = at.verdict(event);
      if (result === undefined) failing.push([index, event]);
      else if (result !== "same") for (const id of result) named.set(id, (named.get(id) ?? 0) + 1);
    }
    await at.close();
    for (const [number, event] of failing) faults.push(faults.length < 3 ? `case ${number}\n${await smallest(draw(), event)}` : "");
  }
  return { named: [...named], faults };
}

/** Whether a named difference of the plugin is what its entry says. */
async function check({ index }) {
  const difference = differences[index];
  const { settings, event } = difference.draw();
  const at = await site(settings);
  on.clear();
  const found = { segment: at.send("plain", event), ours: at.send("ours", event) };
  on.add(difference.id);
  found.mended = at.send("mended", event);
  on.clear();
  await at.close();
  return judge(difference, found);
}

window.oracle = { compare, check };
