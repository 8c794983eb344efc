// Lambda around the handler: instances that take batches from a queue, with a time limit, and are killed.
import { createHandler } from "../../../hosts/lambda/handler.js";
import { createCloud } from "../../../pkg/intercom-destination.cloud.js";
import { createClock } from "../../intercom/clock.mjs";
import { standInFetch } from "../../intercom/fetch.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { createQueue } from "./sqs.mjs";

export const TOKEN = "the-token";

// Compiling takes real time, which the virtual clock knows nothing of.
await createCloud({ dryRun: true });
const TIMEOUT = 30_000;

export function open({
  intercom: options,
  queue: queueOptions,
  latency = 200,
  handler: handlerOptions,
  settings,
  kill = () => false,
} = {}) {
  const clock = createClock();
  const intercom = createIntercom({ now: clock.now, token: TOKEN, attributes: "any", ...options });
  const standIn = standInFetch(intercom, { latency, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout, light: true });
  const queue = createQueue({ clock, ...queueOptions });
  const lines = [];
  const lost = [];
  let kills = 0;

  const start = () => {
    const instance = { isAlive: true, die: undefined };
    instance.dead = new Promise((done) => {
      instance.die = () => {
        instance.isAlive = false;
        kills += 1;
        done();
      };
    });
    // Of a killed process nothing arrives any more, nor does it hear.
    const forever = new Promise(() => {});
    const fetch = async (url, init) => {
      if (!instance.isAlive) return forever;
      if (kill("before")) instance.die();
      if (!instance.isAlive) return forever;
      const response = await standIn(url, init);
      if (instance.isAlive && kill("after")) instance.die();
      return instance.isAlive ? response : forever;
    };
    const ifAlive =
      (work) =>
      (...args) =>
        instance.isAlive ? work(...args) : forever;
    instance.handler = createHandler({
      settings: { fetch, clock, ...settings },
      accessToken: async () => TOKEN,
      onDropped: ifAlive((given) => lost.push(given)),
      delay: ifAlive(({ receiptHandle }, seconds) => queue.changeVisibility(receiptHandle, seconds)),
      log: (line) => instance.isAlive && lines.push(line),
      ...handlerOptions,
    });
    return instance;
  };

  const invoke = async (instance, records) => {
    const end = clock.now() + TIMEOUT;
    const context = { getRemainingTimeInMillis: () => end - clock.now() };
    let timer;
    const late = new Promise((done) => {
      timer = clock.setTimeout(() => {
        instance.die();
        done();
      }, TIMEOUT);
    });
    const answer = await Promise.race([instance.handler({ Records: records }, context), instance.dead, late]);
    clock.clearTimeout(timer);
    return instance.isAlive ? answer : undefined;
  };

  const wait = (delay) => new Promise((done) => clock.setTimeout(done, delay));

  /** One poller of Lambda's: until the queue is empty. */
  const poll = async () => {
    let instance = start();
    while (queue.messages.length > 0) {
      const records = queue.receive();
      if (records.length === 0) {
        await wait(Math.min(Math.max(queue.nextAt() - clock.now(), 100), 1000));
        continue;
      }
      queue.settle(records, await invoke(instance, records));
      if (!instance.isAlive) instance = start();
    }
  };

  const drain = (pollers = 1) => clock.run(Promise.all(Array.from({ length: pollers }, poll)));
  const open = () => {
    const { handler } = start();
    return (records, context = { getRemainingTimeInMillis: () => TIMEOUT }) => clock.run(handler({ Records: records }, context));
  };
  const once = (...invocation) => open()(...invocation);
  return { clock, intercom, queue, drain, open, once, lines, lost, kills: () => kills, state: () => intercom.state() };
}
