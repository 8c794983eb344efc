// The inspector and the wasm that sites run say the same of the same settings and events.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createInspector } from "intercom-destination/inspect";
import * as host from "../../js/engine/imports.js";
import "../../js/entries/liquid.js";
import { root } from "../../scripts/command.mjs";
import { drawSettings, drawVisit } from "../oracle/draw-plugin.mjs";
import { random } from "../oracle/random.mjs";
import { same, show } from "../oracle/same.mjs";

const ACTIONS = ["trackEvent", "identifyUser", "identifyCompany"];
const TYPES = ["track", "page", "identify", "group", "alias"];
const SEED = 7;
const SITES = 200;
const VISITS = 20;

const { instance } = await WebAssembly.instantiate(readFileSync(join(root, "pkg", "intercom-destination.wasm")), { host });
const { exports: engine } = instance;
let calls, told;
host.attach(engine.memory, {
  call: (words) => calls.push(words),
  report: (isWarning, code, sentence) => told.push([isWarning ? "warning" : "fault", code, sentence]),
  liquid: globalThis.intercomDestinationParts.liquid,
});
engine.start();

/** What the engine says of settings, and a function that gives what it says of an event; `undefined` where it does not run. */
function plugin(settings) {
  told = [];
  const id = engine.create(host.add(settings));
  const problems = told;
  const types = ACTIONS.map((_, action) => (id < 0 ? 0 : engine.event_types(id, action)));
  const handle = (event) => {
    [calls, told] = [[], []];
    const from = host.mark();
    for (const action of ACTIONS.keys()) {
      // A loader gives an event to the method of its type.
      if (id >= 0 && types[action] > 0 && (types[action] >> TYPES.indexOf(event.type)) & 1) engine.handle(id, action, host.add(event));
    }
    host.release(from);
    return { calls, problems: told };
  };
  return { runs: id >= 0, problems, handle };
}

// What Intercom would drop is told of by the shell, not by the engine.
const ADVICE = /^(value_too_long|metadata_many|identify_ignored|group_before_identify|event_type_unknown)$/;
const spoken = (problems) =>
  problems.filter(({ code }) => !ADVICE.test(code)).map(({ severity, code, sentence }) => [severity, code, sentence]);

async function compare(settings, events, where) {
  const { check, inspect } = await createInspector(settings);
  const own = plugin(settings);
  assert.equal(check.usable, own.runs, where);
  // After a fault that stops it the plugin looks no further.
  const seen = spoken(check.problems);
  assert.deepEqual(own.runs ? seen : seen.slice(0, own.problems.length), own.problems, where);
  let made = 0;
  for (const event of events) {
    const [inspected, done] = [inspect(event), own.handle(event)];
    const both = () =>
      `${where}\n  settings ${show(settings)}\n  event    ${show(event)}\n  inspector ${show(inspected.calls)}\n  plugin    ${show(done.calls)}`;
    assert.ok(same(inspected.calls, done.calls), both());
    assert.deepEqual(spoken(inspected.problems), done.problems, where);
    made += done.calls.length;
  }
  return made;
}

for (const folder of ["actions", "settings"]) {
  test(`the ${folder} of tests/fixtures`, async () => {
    const path = join(root, "tests", "fixtures", folder);
    for (const file of readdirSync(path)) {
      const { settings, event } = JSON.parse(readFileSync(join(path, file), "utf8"));
      await compare(settings, event ? [event] : [], file);
    }
  });
}

test(`${SITES} drawn sites with ${VISITS} events each`, async () => {
  let made = 0;
  for (let site = 0; site < SITES; site++) {
    const visits = Array.from({ length: VISITS }, (_, visit) => drawVisit(random(SEED, site * VISITS + visit)));
    made += await compare(drawSettings(random(SEED, -1 - site)), visits, `site ${site}`);
  }
  assert.ok(made > SITES, `only ${made} calls were made`);
});
