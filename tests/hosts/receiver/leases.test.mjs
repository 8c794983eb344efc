// Which partitions a receiver delivers: whose connection has the lock takes their jobs, and nobody else.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { sharedLeases } from "../../../hosts/receiver/node/leases.js";
import { until } from "../until.mjs";

/** Leases of a database that tells of `count` receivers: `connections` are those that were opened, `asked` what each was asked. */
function open({ restore = async () => {}, leave = async () => {}, onReceivers = async () => {} } = {}) {
  const state = { count: 1, connections: [], asked: [], lost: 0 };
  const owners = new Map();
  const answer = (connection, text, [, partition]) => {
    if (text.includes("pg_locks")) return [{ count: state.count }];
    if (text.includes("unlock")) owners.delete(partition);
    if (!text.includes("pg_try_advisory_lock")) return [{ text }];
    if (!owners.has(partition)) owners.set(partition, connection);
    return [{ taken: owners.get(partition) === connection }];
  };
  const connect = async () => {
    const connection = Object.assign(new EventEmitter(), {
      isBusy: false,
      async query(text, values = []) {
        assert.equal(connection.isBusy, false, "one question after the other");
        connection.isBusy = true;
        await new Promise(setImmediate);
        connection.isBusy = false;
        if (text === "fail") throw new Error("no answer");
        state.asked.push({ connection, text, partition: values[1] });
        return { rows: answer(connection, text, values) };
      },
      release() {
        for (const [partition, owner] of owners) if (owner === connection) owners.delete(partition);
      },
    });
    state.connections.push(connection);
    return connection;
  };
  const leases = sharedLeases({
    ...{ partitions: 4, connect, restore, leave, onReceivers },
    lost: () => state.lost++,
    log() {},
  });
  return { leases, state };
}

test("jobs are asked for on the connection that has the locks", async (t) => {
  const { leases, state } = open();
  t.after(leases.stop);
  await leases.start();
  assert.equal(leases.held().length, 4);
  const answers = await Promise.all([0, 1].map((partition) => leases.ask(partition, "fetch", ["x", partition])));
  assert.deepEqual(answers, [[{ text: "fetch" }], [{ text: "fetch" }]]);
  assert.deepEqual(new Set(state.asked.map(({ connection }) => connection)), new Set(state.connections));
  assert.equal(state.connections.length, 1);
});

test("a partition that is let go of is not asked for any more, and what was asked comes before its lock ends", async (t) => {
  const fetch = (partition) => leases.ask(partition, "fetch", ["x", partition]);
  let before, after, left;
  const { leases, state } = open({
    onReceivers: async (count) => {
      if (count === 2) before = fetch(leases.held().at(-1));
    },
    leave: async (partition) => {
      left ??= partition;
      after ??= fetch(partition);
    },
  });
  t.after(leases.stop);
  await leases.start();
  state.count = 2;
  await until(() => leases.held().length === 2, "half of them");
  const isLeft = ({ partition }) => partition === left;
  await until(() => state.asked.filter(isLeft).length === 3, "it is let go of");
  assert.deepEqual([await before, await after], [[{ text: "fetch" }], []]);
  const texts = state.asked.filter(isLeft).map(({ text }) => /fetch|unlock|lock/.exec(text)[0]);
  assert.deepEqual(texts, ["lock", "fetch", "unlock"]);
});

test("a connection that breaks while a partition is taken leaves nothing held, and its questions fail", async (t) => {
  let restored = 0;
  const restore = async () => {
    if (++restored !== 4) return;
    const [connection] = state.connections;
    connection.emit("error", new Error("gone"));
  };
  const { leases, state } = open({ restore });
  t.after(leases.stop);
  await leases.start();
  assert.deepEqual([leases.held(), state.lost], [[], 1]);
  await assert.rejects(leases.ask(0, "fetch", []), { code: "connection_lost" });
  await until(() => leases.held().length === 4, "all are taken anew");
  const [, second] = state.connections;
  const locks = state.asked.filter(({ connection, text }) => connection === second && text.includes("pg_try_advisory_lock"));
  assert.deepEqual(locks.map(({ partition }) => partition).toSorted(), [0, 1, 2, 3]);
});

test("what a question did that failed is not known, so the partitions are taken anew", async (t) => {
  const { leases, state } = open();
  t.after(leases.stop);
  await leases.start();
  await assert.rejects(leases.ask(0, "fail"), { message: "no answer" });
  await until(() => state.lost === 1 && leases.held().length === 4, "all are taken anew");
  assert.equal(state.connections.length, 2);
});
