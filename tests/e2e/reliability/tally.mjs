// Counts that a person reads beside the verdicts: what was sent, delivered and lost, tried and injected.

/** Prints one line; a count is shown even when it is 0, as a 0 is what most tests are about. */
export function tally(title, counts) {
  console.log(
    `${title}: ${Object.entries(counts)
      .map(([what, count]) => `${what} ${count.toLocaleString("en")}`)
      .join(", ")}`,
  );
}
