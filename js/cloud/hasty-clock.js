// A clock for dry runs: nothing is sent, so nobody has to wait. What would wait happens at once, and the clock shows the later time.

export const createHastyClock = () => {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    setTimeout: (work, delay) =>
      globalThis.setTimeout(() => {
        ahead += delay;
        work();
      }),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
  };
};
