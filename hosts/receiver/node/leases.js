// Which partitions this receiver delivers. On PostgreSQL receivers share them: a partition is whose connection has its advisory lock, so that
// one that ends, however it ends, lets go at once.

const LOCKS = 0x1c0de571;
const MEMBER = -1;
const TICK = 1_000;

/** All partitions, for the only receiver there is. */
export const ownLeases = (partitions, { sql, restore }) => {
  const all = Array.from({ length: partitions }, (_, i) => i);
  return {
    held: () => all,
    has: () => true,
    ask: (_partition, text, values) => sql(text, values),
    start: async () => void (await Promise.all(all.map((partition) => restore(partition)))),
    stop: async () => {},
  };
};

/**
 * `connect()` gives a connection of its own; `restore(partition)` comes before the first event of one that was taken, `leave(partition)` before
 * one is let go, and `lost()` is told when all are gone at once. After that, and when the number of receivers is another one,
 * `onReceivers(count)` comes before partitions are taken or let go.
 */
export const sharedLeases = ({ partitions, connect, restore, leave, lost, onReceivers, log }) => {
  const held = new Set();
  // Those that it had come first: their people's events may still be on their way.
  let preferred = [];
  let connection;
  let turn = Promise.resolve();
  let receivers = 0;
  let isStopped = false;
  let ticking;
  let timer;

  const gone = () => Object.assign(new Error("The connection with the leases broke"), { code: "connection_lost" });

  const whileConnected = async (work) => {
    const before = connection;
    await work();
    if (connection !== before) throw gone();
  };

  const lose = () => {
    if (!connection) return;
    connection.release(true);
    [connection, turn] = [undefined, Promise.resolve()];
    preferred = [...held];
    held.clear();
    receivers = 0;
    lost();
    log("warn", "The connection with the leases broke", {});
  };

  /**
   * The rows, one question after the other; none if `isWanted()` says no when its turn comes. What a question that fails has done is not known,
   * so the locks go with it.
   */
  const query = (text, values, isWanted = () => true) => {
    const asked = connection;
    const rows = turn.then(async () => {
      if (!asked || connection !== asked) throw gone();
      return isWanted() ? (await asked.query(text, values)).rows : [];
    });
    turn = rows.then(
      () => {},
      () => {
        if (connection === asked) lose();
      },
    );
    return rows;
  };

  const open = async () => {
    connection = await connect();
    connection.on("error", lose);
    await query("SELECT pg_advisory_lock_shared($1, $2)", [LOCKS, MEMBER]);
  };

  const count = async () => {
    const [row] = await query(
      `SELECT count(*)::int AS count FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
       WHERE datname = current_database() AND locktype = 'advisory' AND classid::int8 = $1 AND objid::int8 = $2 AND granted`,
      [LOCKS, MEMBER >>> 0],
    );
    const found = Math.max(row.count, 1);
    if (found === receivers) return;
    log("info", "The number of receivers is another one", { receivers: found });
    await whileConnected(() => onReceivers(found));
    receivers = found;
  };

  const take = async (wanted) => {
    const start = Math.floor(Math.random() * partitions);
    const others = Array.from({ length: partitions }, (_, i) => (start + i) % partitions);
    for (const partition of new Set([...preferred, ...others])) {
      if (held.size >= wanted) break;
      if (held.has(partition)) continue;
      const [row] = await query("SELECT pg_try_advisory_lock($1, $2) AS taken", [LOCKS, partition]);
      if (!row.taken) continue;
      await whileConnected(() => restore(partition));
      held.add(partition);
    }
  };

  const letGo = async (partition) => {
    held.delete(partition);
    await leave(partition);
    await query("SELECT pg_advisory_unlock($1, $2)", [LOCKS, partition]);
  };

  const tick = async () => {
    try {
      if (!connection) await open();
      await count();
      const wanted = Math.ceil(partitions / receivers);
      while (held.size > wanted) await letGo([...held].at(-1));
      await take(wanted);
    } catch (error) {
      log("error", "The leases can't be renewed; it is tried again", { code: error?.code });
      lose();
    }
    if (!isStopped) timer = setTimeout(() => (ticking = tick()), TICK);
  };

  return {
    held: () => [...held],
    has: (partition) => held.has(partition),
    /**
     * Asks the database about a partition's jobs on the connection that has its lock, which is let go of after that, however this receiver ends:
     * nothing is taken behind the back of who has the partition next.
     */
    ask: (partition, text, values) => query(text, values, () => held.has(partition)),
    start: () => (ticking = tick()),
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await ticking;
      held.clear();
      connection?.removeListener("error", lose);
      // Its locks end with it.
      connection?.release(true);
    },
  };
};
