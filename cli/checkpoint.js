// How far a run of `deliver` has come, so that the next one goes on from there.
import { renameSync, rmSync, readFileSync, writeFileSync } from "node:fs";
import { Misuse } from "./arguments.js";

/**
 * The checkpoint in `file`: `line` is the last one that was handed in, `waiting` are lines up to it that are still to be delivered. It is of
 * the events in `events`, and of no other file.
 */
export const openCheckpoint = (file, events) => {
  let read = { events, line: 0, waiting: [], delivered: 0, failed: 0 };
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch ({ code }) {
    if (code !== "ENOENT") throw new Error(`${file} cannot be read`);
  }
  if (text !== undefined) {
    const isWhole = (state) =>
      Number.isSafeInteger(state?.line) && Array.isArray(state.waiting) && state.waiting.every((line) => Number.isSafeInteger(line));
    try {
      read = JSON.parse(text);
    } catch {
      read = undefined;
    }
    if (!isWhole(read)) throw new Misuse(`${file} is no checkpoint: remove it to start from the first event`);
    if (read.events !== events)
      throw new Misuse(`${file} is the checkpoint of ${read.events}: remove it, or name another with --checkpoint`);
  }

  return {
    read,
    write(state) {
      // First beside it: a checkpoint that is half written would lose a whole run.
      writeFileSync(`${file}.new`, `${JSON.stringify({ events, ...state })}\n`);
      renameSync(`${file}.new`, file);
    },
    remove: () => rmSync(file, { force: true }),
  };
};
