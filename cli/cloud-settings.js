// Cloud mode's settings from a file, for what delivers with them.
import { nameOf, readText } from "./files.js";
import { cloud as mode } from "./modes.js";
import { printer } from "./print.js";
import { openSettings } from "./settings.js";

/** The settings of a file; what is wrong with them is told as `check` tells it. */
export const readCloudSettings = async ({ settings: file, showsValues }) => {
  const print = printer({ stream: process.stderr, showsValues });
  let faults = 0;
  const onProblem = (problem) => {
    if (problem.severity === "fault") faults++;
    process.stderr.write(`${print.problem(problem).join("\n")}\n`);
  };
  const opened = await openSettings({ file: nameOf(file), text: await readText(file), ofCloud: true, onProblem });
  if (faults > 0) throw new Error(`${nameOf(file)}: ${mode.stop}`);
  return opened.settings;
};
