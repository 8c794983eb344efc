// The Worker as wrangler bundles it, in workerd, with its queues and objects, and the stand-in for Intercom behind it.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "jsonc-parser";
import { Log, LogLevel, Miniflare } from "miniflare";
import { root } from "../../../scripts/command.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { serveIntercom } from "../../intercom/server.mjs";
import { bundle } from "../../wrangler.mjs";

const here = import.meta.dirname;
const configuration = join(root, "hosts", "worker", "wrangler.jsonc");

export const config = parse(readFileSync(configuration, "utf8"));
export const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";
export const AUTHORIZATION = "Bearer the secret of the receiver";

/** The Worker, or `script` in its place. */
export const bundleHost = (...script) => bundle([...script, "--config", configuration]);

/** A server that hears of dead letters. */
async function openMailbox() {
  const letters = [];
  const server = createServer(async (request, response) => {
    letters.push(...JSON.parse(await text(request)).map((letter) => JSON.parse(letter)));
    response.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { letters, url: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((done) => server.close(done)) };
}

/** What wrangler.jsonc says, with shorter waits. */
function workers({ bundled, settings, failing = {}, vars = {}, batchSize, mailbox }) {
  const [consumer] = config.queues.consumers;
  const bindings = { ...config.vars, INTERCOM_ACCESS_TOKEN: TOKEN, AUTHORIZATION, SETTINGS: settings, TEST: failing, ...vars };
  return [
    {
      name: "host",
      ...bundled,
      compatibilityDate: config.compatibility_date,
      bindings,
      queueProducers: Object.fromEntries(config.queues.producers.map(({ binding, queue }) => [binding, { queueName: queue }])),
      queueConsumers: {
        [consumer.queue]: {
          maxBatchSize: batchSize ?? consumer.max_batch_size,
          maxRetries: consumer.max_retries,
          deadLetterQueue: consumer.dead_letter_queue,
          maxBatchTimeout: 0.1,
          retryDelay: 1,
        },
      },
      durableObjects: { WORKSPACE: { className: "Workspace", useSQLite: true } },
    },
    {
      name: "letters",
      modules: true,
      script: readFileSync(join(here, "letters.js"), "utf8"),
      compatibilityDate: config.compatibility_date,
      bindings: { ADDRESS: mailbox.url },
      queueConsumers: { "intercom-events-dead": { maxBatchTimeout: 0.1 } },
    },
  ];
}

/**
 * `settings` are added to Cloud mode's, `vars` to wrangler.jsonc's, `failing` is what faulty.js is told; all else is for the stand-in. `close` ends
 * all of it.
 */
export async function open({ bundled, settings, failing, vars, batchSize, latency = 3, ...options }) {
  const intercom = createIntercom({ now: Date.now, token: TOKEN, rate: { limit: 100_000 }, ...options });
  const server = await serveIntercom(intercom, { latency });
  const mailbox = await openMailbox();
  const host = new Miniflare({
    workers: workers({ bundled, settings: { baseUrl: server.url, ...settings }, failing, vars, batchSize, mailbox }),
    // Otherwise a description of a place is fetched from Cloudflare.
    cf: false,
    log: new Log(LogLevel.NONE),
    handleRuntimeStdio: (stdout, stderr) => [stdout, stderr].forEach((stream) => stream.resume()),
  });
  const url = await host.ready;
  const ask = (path, init = {}) => fetch(new URL(path, url), init);
  return {
    intercom,
    letters: mailbox.letters,
    ask,
    post: (body, headers = { authorization: AUTHORIZATION }) =>
      ask("/events", { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) }),
    /** Puts something into the queue that the receiver would not. */
    queue: () => host.getQueueProducer("EVENTS", "host"),
    async metrics() {
      const text = await (await ask("/metrics", { headers: { authorization: AUTHORIZATION } })).text();
      const rows = text.split("\n").filter((line) => line && !line.startsWith("#"));
      return Object.fromEntries(
        rows.map((row) => [row.slice("intercom_destination_".length, row.lastIndexOf(" ")), Number(row.split(" ").at(-1))]),
      );
    },
    async close() {
      await host.dispose();
      await server.close();
      await mailbox.close();
    },
  };
}
