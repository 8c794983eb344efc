// The receiver in Node: HTTP, queue, Cloud mode. `openReceiver` puts them together; `pkg/intercom-destination.receiver.js` is made from here.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { serve } from "@hono/node-server";
import { failure } from "../../../js/errors.js";
import { createReceiver } from "../app.js";
import { told } from "../refusal.js";
import { createCache } from "./cache.js";
import { answerDead } from "./dead.js";
import { openEmbedded } from "./embedded.js";
import { ask, take, unusable as folderUnusable } from "./folder.js";
import { createInlet } from "./inlet.js";
import { createLedger } from "./ledger.js";
import { ownLeases, sharedLeases } from "./leases.js";
import { createMetrics } from "./metrics.js";
import { createPump } from "./pump.js";
import { openQueue } from "./queue.js";

export { createLog } from "./log.js";

// As many receivers can share one database.
const PARTITIONS = 16;
const CLEANING = 60_000;
// What is on its way when the receiver is told to stop.
const PATIENCE = 10_000;

const unusable = (why) => failure("database_unusable", `The database of DATABASE_URL can't be used: ${why}`);

// Without a check a part of the password would be taken for the host, and shown.
const checkAddress = (url) => {
  if (!/^postgres(ql)?:\/\//.test(url)) throw unusable("expected postgres://user:password@host:port/database");
  if (url.split("?")[0].split("@").length > 2) throw unusable("a password's @ has to be written as %40, and its / as %2F");
};

const openShared = async (url, onError) => {
  checkAddress(url);
  try {
    return await openQueue({ database: undefined, url, partitions: PARTITIONS, onError });
  } catch (error) {
    throw error?.code === "package_missing" ? error : unusable(error?.message || error?.code);
  }
};

/** The queue in a folder, or at an address; with what `answer(question)` answers to other programs. */
const openPlace = async ({ data, databaseUrl, answer, log }) => {
  const onError = (error) => log("error", "The database's connection failed", { code: error?.code });
  if (databaseUrl) return { queue: await openShared(databaseUrl, onError), leave: async () => {} };
  const folder = resolve(data);
  const leave = await take(folder, answer);
  try {
    const database = await openEmbedded(join(folder, "pg"));
    return { queue: await openQueue({ database, url: undefined, partitions: 1, onError }), leave };
  } catch (error) {
    await leave();
    throw error?.code === "package_missing" ? error : folderUnusable(folder, error);
  }
};

// What a broken or slow request is answered before hono sees it.
const BROKEN = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "request_timeout", "The request did not come in time"],
  HPE_HEADER_OVERFLOW: [431, "headers_too_large", "The headers are too large"],
};

const answerBroken = (error, socket) => {
  if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
  const [status, code, message] = BROKEN[error.code] ?? [400, "request_unreadable", "This is not HTTP"];
  const body = JSON.stringify(told({ code, message, path: undefined }));
  socket.end(`HTTP/1.1 ${status} \r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
};

const listen = (app, { host, port, requestTimeout }) =>
  new Promise((done, fail) => {
    const serverOptions = { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: Math.min(requestTimeout, 5_000) };
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, (address) => done({ server, address }));
    server.once("error", ({ message }) =>
      fail(failure("address_unusable", `The receiver can't listen there (${message}): give another --host or --port`)),
    );
    server.on("clientError", answerBroken);
  });

const close = (server, patience) =>
  new Promise((done) => {
    server.close(done);
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), patience).unref();
  });

/** PGlite and the cache are cleaned up now and then; how often costs little beside how much. */
const cleaner = (queue, isEmbedded, log) => {
  const clean = async () => {
    try {
      await queue.cache.expire(Date.now());
      if (isEmbedded) await queue.vacuum();
    } catch (error) {
      log("error", "The database could not be cleaned up", { code: error?.code });
    }
  };
  const timer = setInterval(clean, CLEANING);
  return () => clearInterval(timer);
};

/**
 * Opens a receiver; gives `{ url, stop() }`. `openCloud(given, share)` makes a destination with the settings in `given`, which are the
 * receiver's own, and with this share of the rate limit.
 *
 * @param {any} options
 */
export const openReceiver = async (options) => {
  /** @type {any} */
  let queue;
  const answer = async (question) => (question.command === "ping" ? "pong" : answerDead(queue, question));
  const place = await openPlace({ ...options, answer });
  queue = place.queue;
  const closePlace = async () => {
    await queue.close();
    await place.leave();
  };
  try {
    return await run({ ...options, queue, closePlace });
  } catch (error) {
    await closePlace();
    throw error;
  }
};

const run = async ({
  openCloud,
  secrets,
  databaseUrl,
  host,
  port,
  retryFor,
  requestTimeout = 30_000,
  limits = undefined,
  log,
  queue,
  closePlace,
}) => {
  const metrics = createMetrics(queue.counts);
  const { open: openCache, flush: flushCache, forget: forgetCache } = createCache(queue.cache);
  const fetch = metrics.observe((url, init) => globalThis.fetch(url, init));
  /** @type {any} */
  let pump;
  const ledger = createLedger({ queue, flushCache, isDone: (job) => pump.isDone(job), log });
  /** What was known of people and companies with another number of receivers may have been changed by others since. */
  const onReceivers = async (receivers) => {
    const share = 1 / receivers;
    // A person's events are one receiver's; a company's come from all of them.
    const cloud = await openCloud({ cache: openCache(), fetch, ...(receivers > 1 && { skipEqualCompanies: false }) }, share);
    await pump.deliverWith(cloud, PATIENCE);
    metrics.share(share);
  };
  const shared = {
    partitions: PARTITIONS,
    connect: queue.connect,
    restore: queue.restore,
    leave: async (partition) => {
      await pump.leave(partition, PATIENCE);
      await ledger.flush();
      await flushCache();
    },
    lost() {
      pump.lose(PATIENCE);
      forgetCache();
      ledger.forget();
    },
    onReceivers,
    log,
  };
  const leases = databaseUrl ? sharedLeases(shared) : ownLeases(1, queue);
  pump = createPump({ queue, leases, ledger, retryFor, metrics, log });
  await onReceivers(1);
  const inlet = createInlet(queue.insert, () => pump.wake());
  const health = async () => {
    const counts = await metrics.recent().catch(() => undefined);
    return counts ? { ok: true, depth: counts.depth, dead: counts.dead } : { ok: false };
  };
  const app = createReceiver({ secrets, queue: { send: inlet.send, health }, limits, metrics, log });

  await leases.start();
  const { server, address } = await listen(app, { host, port, requestTimeout }).catch(async (error) => {
    await leases.stop();
    throw error;
  });
  pump.start();
  const stopCleaning = cleaner(queue, !databaseUrl, log);

  const stop = async () => {
    stopCleaning();
    await close(server, PATIENCE / 2);
    await inlet.close();
    await pump.stop(PATIENCE);
    await ledger.flush();
    await flushCache().catch(() => {});
    await leases.stop();
    await closePlace();
  };
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`, stop };
};

/** Asks the receiver that has the folder, or opens the queue, if there is none. */
export const askDead = async (question, { data, databaseUrl, log }) => {
  if (!databaseUrl) {
    const folder = resolve(data);
    const answered = await ask(folder, question);
    if (answered) return answered.result;
    if (!existsSync(join(folder, "pg")))
      throw failure("queue_missing", `There is no queue in ${folder}: --data gives the receiver's folder`);
  }
  const { queue, leave } = await openPlace({ data, databaseUrl, answer: () => "pong", log });
  try {
    return await answerDead(queue, question);
  } finally {
    await queue.close();
    await leave();
  }
};
