// What an object keeps in its SQLite: Cloud mode's cache, and counters.

const TABLES = [
  "CREATE TABLE IF NOT EXISTS cache (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS counts (series TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID",
];

export const openMemory = (sql) => {
  for (const table of TABLES) sql.exec(table);

  const cache = {
    get: (key) => sql.exec("SELECT value FROM cache WHERE key = ? AND expires > ?", key, Date.now()).toArray()[0]?.value,
    put: (key, value, timeToLive) =>
      void sql.exec("INSERT OR REPLACE INTO cache (key, value, expires) VALUES (?, ?, ?)", key, value, Date.now() + timeToLive),
    delete: (key) => void sql.exec("DELETE FROM cache WHERE key = ?", key),
  };

  return {
    cache,
    /** Removes what is too old; says whether anything is left. */
    expire() {
      sql.exec("DELETE FROM cache WHERE expires <= ?", Date.now());
      return sql.exec("SELECT 1 FROM cache LIMIT 1").toArray().length > 0;
    },
    /** Adds `[series, by]`. */
    count(counts) {
      for (const [series, by] of counts)
        sql.exec(
          "INSERT INTO counts (series, value) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET value = value + excluded.value",
          series,
          by,
        );
    },
    counts: () =>
      sql
        .exec("SELECT series, value FROM counts")
        .toArray()
        .map(({ series, value }) => [series, value]),
  };
};
