// The stand-in for Intercom's REST API behind `fetch`, with a clock of its own: hours of waiting pass at once, and every exchange is kept.

import { createClock } from "../../tests/intercom/clock.mjs";
import { standInFetch } from "../../tests/intercom/fetch.mjs";
import { createIntercom } from "../../tests/intercom/intercom.mjs";
import { SCENARIOS } from "./scenarios.js";

// As long as an answer takes on an ordinary day.
const LATENCY = 200;

const readJson = (text) => {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export function openStandIn() {
  const clock = createClock({ start: Date.now() });
  const scenarioOf = (id) => SCENARIOS.find((scenario) => scenario.id === id);
  let scenario;
  let intercom;
  let answer;
  let exchanges = [];
  let lastCall;

  /** Another program's request. */
  const create = (contact) => {
    const headers = { authorization: "Bearer another", "content-type": "application/json" };
    intercom.handle({ method: "POST", path: "/contacts", headers, body: JSON.stringify(contact) });
  };

  const fetch = async (url, init) => {
    const { method, body } = init;
    const exchange = { method, path: url.replace(/^https?:\/\/[^/]+/, ""), body: readJson(body), startedAt: clock.now() };
    exchanges.push(exchange);
    try {
      const response = await answer(url, init);
      exchange.status = response.status;
      exchange.answer = readJson(await response.clone().text());
      return response;
    } catch (error) {
      exchange.isWritten = lastCall.method === method && lastCall.path === exchange.path && lastCall.isWritten;
      exchange.isLost = true;
      throw error;
    } finally {
      exchange.endedAt = clock.now();
    }
  };

  return {
    clock,
    fetch,
    /** An empty workspace in `region`, with what belongs to the scenario. */
    restart(id, region) {
      scenario = scenarioOf(id);
      const onCall = (call) => (lastCall = call);
      intercom = createIntercom({ now: clock.now, region: region.toUpperCase(), attributes: "any", ...scenario.options, onCall });
      answer = standInFetch(intercom, { latency: LATENCY, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout, light: true });
      scenario.start?.({ create, seed: intercom.seed.bind(intercom) });
    },
    state: () => intercom.state(),
    /** Runs `work` until it is done, however long that takes on the clock; with the scenario's faults if it is `faulty`. → its exchanges. */
    async record(work, { faulty }) {
      exchanges = [];
      if (faulty) {
        intercom.clearFaults();
        for (const fault of scenario.faults?.(clock.now()) ?? []) intercom.addFault(fault);
      }
      const startedAt = clock.now();
      const result = await clock.run(work());
      return { result, exchanges, startedAt, endedAt: clock.now() };
    },
  };
}
