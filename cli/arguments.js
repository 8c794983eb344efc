// The arguments of a command, and what is said when they are none.
import { parseArgs } from "node:util";

/** A command that is none. */
export class Misuse extends Error {}

/** `{ values, positionals }` of `args`, as `options` of `parseArgs` describes them; throws {@link Misuse}. */
export const parse = (args, options) => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch ({ message }) {
    throw new Misuse(message.split(". ")[0]);
  }
};
