// The inspector and the wasm that sites run say the same of the same settings and events.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createInspector } from "intercom-destination/inspect";
import * as host from "../../js/engine/imports.js";
import { COMMANDS, FACTS } from "../../js/engine/numbers.js";
import "../../js/entries/liquid.js";
import { ACTIONS, TYPES } from "../../js/web/destination.js";
import { noticeOf } from "../../js/web/notices.js";
import { sentenceOf } from "../../js/web/sentences.js";
import { root } from "../../scripts/command.mjs";
import { drawSettings, drawVisit } from "../oracle/draw-plugin.mjs";
import { random } from "../oracle/random.mjs";
import { same, show } from "../oracle/same.mjs";

const SEED = Number(process.env.SEED ?? 7);
const SITES = 200;
const VISITS = 20;

const HOUR = 3600e3;
let calls, told;
let time = Date.now();
// A page of its own for each event, and time enough between them: no update is a repetition.
const page = { now: () => time, url: () => host.add(`https://shop.test/${(time += HOUR)}`) };
const { instance } = await WebAssembly.instantiate(readFileSync(join(root, "pkg", "intercom-destination.wasm")), {
  host: { ...host, ...page },
});
const { exports: engine } = instance;
const sites = [];
const tell = (isWarning, code, ...values) => told.push([isWarning ? "warning" : "fault", code, sentenceOf(code, values)]);
const act = (command, subject) => {
  if (command === COMMANDS.call) calls.push(subject);
  if (command >= COMMANDS.report) tell(true, ...noticeOf(command - COMMANDS.report, subject));
};
const site = {
  due: { push: act },
  report: tell,
};
host.attach(engine.memory, { sites, liquid: globalThis.intercomDestinationParts.liquid });
engine.start();

/** What the engine says of settings, and a function that gives what it says of an event; `undefined` where it does not run. */
function plugin(settings) {
  told = [];
  const id = sites.push(site) - 1;
  const runs = !!host.value(engine.create(host.add(settings)));
  const problems = told;
  [calls, told] = [[], []];
  engine.happened(id, time, FACTS.openedOnBootedWidget, host.add(undefined), false, 0, host.add(undefined));
  const types = ACTIONS.map((_, action) => (runs ? engine.event_types(id, action) : 0));
  const handle = (event) => {
    [calls, told] = [[], []];
    const from = host.mark();
    for (const action of ACTIONS.keys()) {
      // A loader gives an event to the method of its type.
      if (runs && types[action] > 0 && (types[action] >> TYPES.indexOf(event.type)) & 1) engine.handle(id, action, host.add(event));
    }
    host.release(from);
    return { calls, problems: told };
  };
  return { runs, problems, handle };
}

// Told of by the inspector alone: what no loader would hand to a plugin, advice, and what another file refuses on a page.
const TOOLS = ["event_type_unknown", "subscriptions_many", "setting_consent", "setting_forward", "fields_unproven"];
const spoken = (problems) =>
  problems.filter(({ code }) => !TOOLS.includes(code)).map(({ severity, code, sentence }) => [severity, code, sentence]);

async function compare(settings, events, where) {
  const { check, inspect } = await createInspector(settings);
  const own = plugin(settings);
  const isRefusedByTools = check.problems.some(({ code, severity }) => severity === "fault" && TOOLS.includes(code));
  assert.equal(check.usable || isRefusedByTools, own.runs, where);
  // After a fault that stops it the plugin looks no further.
  const seen = spoken(check.problems);
  assert.deepEqual(own.runs ? seen : seen.slice(0, own.problems.length), own.problems, where);
  let made = 0;
  for (const event of events) {
    const [inspected, done] = [inspect(event), own.handle(event)];
    const both = () =>
      `${where}\n  settings ${show(settings)}\n  event    ${show(event)}\n  inspector ${show(inspected.calls)}\n  plugin    ${show(done.calls)}`;
    assert.ok(same(inspected.calls, done.calls), both());
    // The inspector lists what subscriptions say before what their calls say.
    assert.deepEqual(spoken(inspected.problems).sort(), done.problems.sort(), where);
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

test(`${SITES} drawn sites with ${VISITS} events each, seed ${SEED}`, async () => {
  let made = 0;
  for (let site = 0; site < SITES; site++) {
    const visits = Array.from({ length: VISITS }, (_, visit) => drawVisit(random(SEED, site * VISITS + visit)));
    made += await compare(drawSettings(random(SEED, -1 - site)), visits, `site ${site}`);
  }
  assert.ok(made > SITES, `only ${made} calls were made`);
});
