// PostgreSQL within the program: PGlite in a thread of its own, so that its work runs beside that of HTTP. This file is both ends.
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { needed } from "./install.js";

/** Opens the database in `folder`, which has to be this program's alone; gives `{ executeSql, close }`. */
export const openEmbedded = async (folder) => {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { receiverDatabase: folder } });
  const waiting = new Map();
  let asked = 0;
  let fault;
  worker.on("message", ({ id, rows, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(Object.assign(new Error(error.message), { code: error.code }));
    else resolve({ rows });
  });
  const fail = (error) => {
    fault ??= error;
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The embedded database has ended")));
  const ask = (message) =>
    new Promise((resolve, reject) => {
      if (fault) return reject(fault);
      waiting.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, ...message });
    });
  await ask({ text: "SELECT 1" });
  return {
    executeSql: (text, values) => ask({ text, values }),
    async close() {
      const ended = once(worker, "exit");
      await ask({ close: true }).catch(() => {});
      await worker.terminate();
      await ended;
    },
  };
};

const serveDatabase = async (folder) => {
  const { PGlite } = await needed("@electric-sql/pglite", () => import("@electric-sql/pglite"));
  const database = await PGlite.create(folder).catch((error) => {
    // What its file system throws is no Error.
    throw error instanceof Error ? error : new Error(`the database in it can't be opened (${error?.name} ${error?.errno})`);
  });
  const work = async ({ text, values, close }) => {
    if (close) return await database.close();
    if (values?.length > 0) return (await database.query(text, values)).rows;
    return (await database.exec(text)).at(-1)?.rows ?? [];
  };
  parentPort.on("message", async ({ id, ...message }) => {
    try {
      parentPort.postMessage({ id, rows: await work(message) });
    } catch (error) {
      parentPort.postMessage({ id, error: { message: error?.message, code: error?.code } });
    }
  });
};

if (!isMainThread && workerData?.receiverDatabase) serveDatabase(workerData.receiverDatabase);
