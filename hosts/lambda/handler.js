// AWS Lambda with SQS: records in, the records that have to come again out. docs/lambda.md explains the options.
import { failure } from "../../js/errors.js";
import { createDeliver } from "./deliver.js";
import { isFifo, readBody, recordsOf } from "./records.js";
import { createSettle } from "./settle.js";

/** What the answer, logs and `onDropped` may take at the end, in milliseconds. */
const MARGIN = 1000;
/** Where the time that is left is not known. */
const TIMEOUT = 30_000;

const EXPECTED = {
  settings: ["object", "an object with settings of createCloud"],
  accessToken: ["function", "a function that gives the access token or a promise of it"],
  onDropped: ["function", "a function"],
  delay: ["function", "a function"],
  log: ["function", "a function"],
};

const checkOptions = (options) => {
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(EXPECTED, key)) throw failure("setting_invalid", `createHandler: there is no option ${key}`);
    const [type, expected] = EXPECTED[key];
    const isFine = value === undefined || (typeof value === type && value);
    if (!isFine) throw failure("setting_invalid", `createHandler: ${key}: expected ${expected}`);
  }
};

const systemClock = { now: Date.now, setTimeout, clearTimeout };
const environmentToken = () => process.env.INTERCOM_ACCESS_TOKEN;
const printLine = (line) => console.log(JSON.stringify(line));

/** A handler for events of SQS. */
export const createHandler = (options = {}) => {
  checkOptions(options);
  const { settings = {}, accessToken = environmentToken, onDropped, delay, log = printLine } = options;
  const clock = settings.clock ?? systemClock;
  const deliver = createDeliver({ settings, accessToken, clock, log });
  const settle = createSettle({ onDropped, delay, clock, log });

  return async (event, context) => {
    const deadline = clock.now() + (context?.getRemainingTimeInMillis?.() ?? TIMEOUT) - MARGIN;
    const records = recordsOf(event);
    const bodies = records.map(readBody);
    const outcomes = await deliver(
      bodies.flatMap(({ events }) => events),
      deadline,
    );
    let next = 0;
    const parts = bodies.map(({ events, refused }) => refused ?? outcomes.slice(next, (next += events.length)));
    const areDone = await Promise.all(records.map((record, i) => settle(record, parts[i])));
    const failed = failures(records, areDone);
    log({ level: "info", ...count(parts.flat()), records: records.length, failed: failed.length });
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
};

/** What has to come again: in a FIFO queue also what is behind it in its group, so that the order stays. */
const failures = (records, areDone) => {
  const blocked = new Set();
  return records.filter((record, i) => {
    const group = isFifo(record) ? record.attributes?.MessageGroupId : undefined;
    const isFailed = !areDone[i] || (group !== undefined && blocked.has(group));
    if (isFailed) blocked.add(group);
    return isFailed;
  });
};

/** How many events ended how, and the codes of what was not simply delivered. */
const count = (outcomes) => {
  const counts = { delivered: 0, retry: 0, dropped: 0, codes: {}, warnings: {} };
  for (const { status, code, warnings } of outcomes) {
    counts[status] += 1;
    if (code) counts.codes[code] = (counts.codes[code] ?? 0) + 1;
    for (const warning of warnings) counts.warnings[warning.code] = (counts.warnings[warning.code] ?? 0) + 1;
  }
  return counts;
};
