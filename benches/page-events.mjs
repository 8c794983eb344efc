// Runs in the page: all sides beside each other, each sent the same events as a loader sends them.
import { same, show } from "../tests/oracle/same.mjs";
import { cases, settingsFor } from "./cases.mjs";
import { plainDestination } from "./plain.mjs";

const factories = { peer: () => window.peerDestination, ours: () => window.intercomDestination, plain: () => plainDestination };
/** A batch is awaited in parts, so that a side with promises does not pile up more of them than a busy page would. */
const PART = 100;

let heard = 0;
let calls;
const intercom = (...args) => {
  heard += 1;
  calls?.push(args);
};
const opened = new Map();

async function pluginsOf(side, name) {
  const key = `${side} ${cases[name].isPreset ? "presets" : name}`;
  if (!opened.has(key)) opened.set(key, await open(side, name));
  return opened.get(key);
}

async function open(side, name) {
  delete window.intercomSettings;
  window.Intercom = (method) => {
    // Segment's build takes the widget for arrived when this is another function than before.
    if (method === "boot") window.Intercom = intercom;
  };
  const plugins = await factories[side]()(settingsFor[side](cases[name]));
  for (const plugin of plugins) await plugin.load({}, {});
  window.Intercom = intercom;
  return plugins;
}

async function send(plugins, contexts, count) {
  let pending = [];
  for (let i = 0; i < count; i++) {
    const ctx = contexts[i % contexts.length];
    const { type } = ctx.event;
    for (const plugin of plugins) {
      const answer = plugin[type]?.(ctx);
      if (typeof answer?.then === "function") pending.push(answer);
    }
    if (pending.length >= PART) {
      await Promise.all(pending);
      pending = [];
    }
  }
  await Promise.all(pending);
}

const contextsOf = (events) => events.map((event) => ({ event }));

/** Milliseconds for `count` events; fails when they did not make the calls they should. */
async function time({ side, name, count }) {
  const plugins = await pluginsOf(side, name);
  const contexts = contextsOf(cases[name].events);
  heard = 0;
  const start = performance.now();
  await send(plugins, contexts, count);
  const ms = performance.now() - start;
  const wanted = name === "nothing" ? 0 : count;
  if (heard !== wanted) throw new Error(`${side}, ${name}: ${heard} calls for ${count} events`);
  return ms;
}

/** The first difference between the calls of the sides, in words, or undefined. */
async function difference({ name, sides }) {
  for (const event of cases[name].events) {
    const made = [];
    for (const side of sides) {
      const plugins = await pluginsOf(side, name);
      calls = [];
      await send(plugins, contextsOf([event]), 1);
      made.push(calls);
      calls = undefined;
    }
    if (made[0].length !== (name === "nothing" ? 0 : 1)) return `${name}: ${sides[0]} makes ${made[0].length} calls`;
    for (const [i, other] of made.entries()) {
      if (!same(made[0], other)) return `${name}\n  ${sides[0]} ${show(made[0])}\n  ${sides[i]} ${show(other)}`;
    }
  }
  return undefined;
}

/** Sends `count` events, of the four presets in turn. */
async function exercise({ side, count }) {
  const names = Object.keys(cases).filter((name) => cases[name].isPreset);
  const contexts = contextsOf(cases[names[0]].events.flatMap((_, i) => names.map((name) => cases[name].events[i])));
  await send(await pluginsOf(side, names[0]), contexts, count);
}

const load = (src) =>
  new Promise((onload, onerror) => document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror })));

// It warns of twenty updates in half an hour, and here are thousands.
console.warn = () => {};
await load("/peer/intercom/index.js");
await load("/ours.js");
window.bench = { time, difference, exercise };
