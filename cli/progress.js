// How a long run is going: one line that is written over on a terminal, a line now and then elsewhere.

const WIDTH = 24;
const ELSEWHERE = 10_000;

const clock = (seconds) => {
  if (!Number.isFinite(seconds)) return "?";
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, "0"));
  return parts.join(":");
};

/** `total` is in bytes, where it is known. `update` takes the bytes that were read and the events that have an outcome. */
export const createProgress = (stream, total) => {
  const start = performance.now();
  let written = start;
  let first;

  const line = (share, events) => {
    const seconds = (performance.now() - start) / 1000;
    // What an earlier run did says nothing about this one's speed.
    const left = share === undefined ? "" : `, ${clock(((1 - share) * seconds) / Math.max(share - first, 1e-9))} left`;
    const bar = share === undefined ? "" : `[${"#".repeat(Math.floor(share * WIDTH)).padEnd(WIDTH, "-")}] ${Math.floor(share * 100)} % `;
    return `${bar}${events} events, ${Math.round(events / Math.max(seconds, 0.001))} a second${left}`;
  };

  return {
    update(bytes, events) {
      const share = total ? Math.min(bytes / total, 1) : undefined;
      first ??= share;
      const isTerminal = !!stream.isTTY;
      if (performance.now() - written < (isTerminal ? 100 : ELSEWHERE)) return;
      written = performance.now();
      stream.write(isTerminal ? `\r\x1b[K${line(share, events)}` : `${line(share, events)}\n`);
    },
    /** Leaves the line to what comes next. */
    clear() {
      if (stream.isTTY) stream.write("\r\x1b[K");
    },
  };
};
