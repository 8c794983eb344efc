// Files of a command.
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";

const WHY = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "it may not be read" };

const unreadable = (file, { code, message }) => new Error(`${file} cannot be read: ${WHY[code] ?? message}`);

export const nameOf = (file) => (file === "-" ? "stdin" : file);

/** The text of a file; "-" is standard input. */
export const readText = (file) =>
  (file === "-" ? readAll(process.stdin) : readFile(file, "utf8")).catch((error) => {
    throw unreadable(file, error);
  });

/** The pieces of a file; it is opened, and so refused, before anything is said. */
export const open = async (file) => {
  if (file === "-") return process.stdin.setEncoding("utf8");
  const stream = createReadStream(file, { encoding: "utf8" });
  try {
    // A folder opens, and fails when it is read.
    await new Promise((resolve, reject) => stream.once("readable", resolve).once("end", resolve).once("error", reject));
  } catch (error) {
    throw unreadable(file, error);
  }
  return stream;
};
