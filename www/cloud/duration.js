// Milliseconds as people say them.

const UNITS = [
  [3_600_000, "h"],
  [60_000, "min"],
];

export function durationInWords(milliseconds) {
  for (const [size, unit] of UNITS) {
    if (milliseconds >= 2 * size) return `${Math.round(milliseconds / size)} ${unit}`;
  }
  const seconds = milliseconds / 1000;
  return `${seconds >= 10 ? Math.round(seconds) : seconds.toFixed(1)} s`;
}
