// Twenty thousand events drawn at random from everything JavaScript has: none is an uncaught error, none harms a prototype, and the
// event after each is delivered.
import assert from "node:assert/strict";
import { ENGINES, everyEngine } from "./engines.mjs";
import { defineHostile, greedy } from "./hostile.mjs";
import { lookAtCalls, sendRandom } from "./random.mjs";
import { tally } from "./tally.mjs";

const EVENTS = 20_000;
const SEED = Number(process.env.SEED ?? 20261121);
// Every draw ends with the seed's own number of events; the engines without WebAssembly take a share of them.
const share = (engine) => (engine === Object.keys(ENGINES)[0] ? EVENTS : EVENTS / 10);

const widget = { body: `(${lookAtCalls})()` };

everyEngine(
  "random hostile events are never an uncaught error",
  { way: "none", first: defineHostile, widget, timeout: 600_000 },
  async (site, engine) => {
    const events = share(engine);
    const found = await site.run(sendRandom, [greedy, SEED, events]);
    const { thrown, lostNext, unsendable, polluted, nested, calls, heard } = found;
    assert.deepEqual(
      { thrown: thrown.slice(0, 5), lostNext, unsendable, polluted, faults: heard.engine_fault ?? 0, errors: site.errors },
      { thrown: [], lostNext: 0, unsendable: 0, polluted: false, faults: 0, errors: [] },
    );
    tally(`random events, seed ${SEED} (${engine})`, {
      "bad inputs tried": events,
      "events within events": nested,
      "next events lost": lostNext,
      calls,
      "uncaught errors": site.errors.length,
      causes: Object.keys(heard).length,
    });
  },
);
