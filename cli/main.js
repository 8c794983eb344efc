// The command line: arguments in, problems out, and an exit code that says whether there were any.
import { version } from "../js/version.js";
import { Misuse, parse } from "./arguments.js";
import { check } from "./check.js";
import { HELP as DELIVER_HELP, runDeliver } from "./deliver.js";
import { nameOf, open, readText } from "./files.js";
import { printer } from "./print.js";
import { DEAD_HELP, runDead, runServe, SERVE_HELP } from "./serve.js";

const FINE = 0,
  FAULTY = 1,
  UNUSABLE = 2;

const HELP = `Usage: intercom-destination check <settings.json> [--events <events.ndjson>]
       intercom-destination deliver <events.ndjson> --settings <cloud.json>   (see deliver --help)
       intercom-destination serve --settings <cloud.json>   (see serve --help)
       intercom-destination dead list|retry|drop   (see dead --help)

Says what is wrong with the settings, filters and mappings of intercom-destination, with line and column,
and what they make of recorded events. The settings may also stand in what Segment's CDN or Public API gives.
Settings of Cloud mode are recognised by a setting or an action that only Cloud mode has. "-" reads standard input.

  --events <file>  one event a line, or a JSON array: which subscriptions match, and what is said to Intercom
  --cloud          the settings are Cloud mode's, whatever they hold
  --json           one report as JSON instead of lines
  --quiet          problems only
  --strict         warnings fail, too
  --show-values    values that may be secret (e-mail addresses, hashes, tokens) are shown instead of ***
  --help           this text
  --version        the version

Exit code: 0 when there is no fault, 1 when there is one, 2 when the command or a file cannot be read.`;

const OPTIONS = {
  events: { type: "string" },
  cloud: { type: "boolean" },
  json: { type: "boolean" },
  quiet: { type: "boolean" },
  strict: { type: "boolean" },
  "show-values": { type: "boolean" },
  help: { type: "boolean" },
  version: { type: "boolean" },
};

const readArguments = (args) => {
  const { values, positionals } = parse(args, OPTIONS);
  if (values.help || values.version) return values;
  const [command, file, ...others] = positionals;
  if (command !== "check") throw new Misuse(command ? `There is no command "${command}"` : "A command is missing");
  if (!file) throw new Misuse("The file with the settings is missing");
  if (others.length > 0) throw new Misuse("One file with settings at a time");
  if (file === "-" && values.events === "-") throw new Misuse("Settings and events cannot both come from standard input");
  return { ...values, file };
};

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

const runCheck = async ({ file, events, cloud, json, quiet, strict, "show-values": showsValues }) => {
  const { stdout } = process;
  const print = printer({ stream: stdout, showsValues });
  const say = (lines) => stdout.write(`${lines.join("\n")}\n`);
  const text = await readText(file);
  const told = { fault: 0, warning: 0 };
  const report = { problems: [], events: [] };

  const found = await check({
    file: nameOf(file),
    text,
    ofCloud: cloud,
    events: events === undefined ? undefined : { file: nameOf(events), chunks: await open(events) },
    onProblem: (problem) => {
      told[problem.severity]++;
      if (!json) return say(print.problem(problem));
      const { source, place, ...rest } = problem;
      report.problems.push(rest);
    },
    onEvent: (event) => {
      if (json)
        report.events.push({
          ...event,
          name: print.values(event.name),
          calls: print.values(event.calls),
          requests: print.values(event.requests),
        });
      else if (!quiet) say(print.event(event));
    },
  });

  const subscriptions = found.check?.subscriptions;
  if (json) {
    const known = subscriptions?.map(({ problems, ...rest }) => rest);
    const summary = { file: nameOf(file), destination: found.name, usable: found.check?.usable ?? false, subscriptions: known };
    say([JSON.stringify({ ...summary, faults: told.fault, warnings: told.warning, ...report }, undefined, 2)]);
  } else if (!quiet) {
    const parts = [
      ...(subscriptions ? [counted(subscriptions.length, "subscription")] : []),
      ...(events === undefined ? [] : [counted(found.events, "event")]),
      counted(told.fault, "fault"),
      counted(told.warning, "warning"),
    ];
    const stop = found.check?.usable === false ? `${found.mode.stop}; ` : "";
    say([`${nameOf(file)}: ${stop}${parts.join(", ")}`]);
  }
  return told.fault > 0 || (strict && told.warning > 0) ? FAULTY : FINE;
};

const COMMANDS = {
  deliver: [runDeliver, DELIVER_HELP],
  serve: [runServe, SERVE_HELP],
  dead: [runDead, DEAD_HELP],
};

const main = async (args) => {
  if (Object.hasOwn(COMMANDS, args[0])) {
    const [run, help] = COMMANDS[args[0]];
    if (!args.includes("--help")) return run(args.slice(1));
    console.log(help);
    return FINE;
  }
  const options = readArguments(args);
  if (options.help) console.log(HELP);
  else if (options.version) console.log(version);
  else return runCheck(options);
  return FINE;
};

// Who listens may stop before the end, as `head` does.
process.stdout.on("error", () => process.exit());

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const hint = error instanceof Misuse ? ". See intercom-destination --help" : "";
  console.error(`intercom-destination: ${error?.message ?? error}${hint}`);
  process.exitCode = UNUSABLE;
}
