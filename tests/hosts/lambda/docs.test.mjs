// docs/lambda.md and what it says to copy: they run as they stand, on the stand-in for Intercom.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { createHandler } from "../../../hosts/lambda/handler.js";
import { root } from "../../../scripts/command.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { serveIntercom } from "../../intercom/server.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const page = read("docs/lambda.md");
const template = read("hosts/lambda/template.yaml");

async function invoke(code, bodies, { faults = [], ...environment } = {}) {
  const intercom = createIntercom({ now: Date.now, faults });
  const server = await serveIntercom(intercom);
  const records = bodies.map((body, i) => ({
    messageId: `r-${i}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    receiptHandle: `handle-${i}`,
    eventSourceARN: "arn:aws:sqs:eu-west-1:000000000000:events.fifo",
    attributes: { MessageGroupId: `g-${i}` },
  }));
  const called = `${code(server.url)}\nconsole.log(JSON.stringify(await handler(${JSON.stringify({ Records: records })}, { getRemainingTimeInMillis: () => 8000 })));`;
  const env = { ...process.env, INTERCOM_ACCESS_TOKEN: "any", INTERCOM_BASE_URL: server.url, ...environment };
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "./tests/hosts/lambda/aws-sdk.mjs", "--input-type=module", "-e", called],
      { cwd: root, env },
    );
    const lines = stdout.trim().split("\n");
    return { lines, answer: JSON.parse(lines.at(-1)), state: intercom.state() };
  } finally {
    await server.close();
  }
}

const identify = { type: "identify", messageId: "m-1", userId: "u-1", traits: { name: "Ada" } };

test("the example delivers and tells of what was dropped", async () => {
  const [, example] = page.match(/```js\n([\s\S]+?)```/);
  const { lines, answer, state } = await invoke(
    (url) => example.replace('region: "us"', `baseUrl: "${url}"`).replace("export const", "const"),
    [identify, "{"],
  );
  assert.deepEqual(answer, { batchItemFailures: [] });
  assert.equal(state.contacts[0].name, "Ada");
  assert.ok(lines.includes("r-1 body_unreadable"));
});

test("the function of the template keeps dropped records and puts off what comes again", async () => {
  const urls = { QUEUE_URL: "https://sqs.test/events.fifo", DEAD_LETTER_URL: "https://sqs.test/dead.fifo" };
  const app = () => 'const { handler } = await import("./hosts/lambda/app.mjs");';
  const faults = [{ match: (call) => JSON.stringify(call.body ?? "").includes("u-9"), kind: "503" }];
  const { lines, answer, state } = await invoke(app, [identify, "{", { ...identify, messageId: "m-9", userId: "u-9" }], {
    faults,
    ...urls,
  });
  assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: "r-2" }] });
  assert.deepEqual(
    state.contacts.map(({ external_id }) => external_id),
    ["u-1"],
  );
  const commands = lines.map((line) => JSON.parse(line)).filter(({ sdk }) => sdk);
  const sent = commands.find(({ sdk }) => sdk === "SendMessageCommand").input;
  assert.deepEqual(
    [sent.QueueUrl, sent.MessageBody, sent.MessageGroupId, sent.MessageDeduplicationId],
    [urls.DEAD_LETTER_URL, "{", "g-1", "r-1"],
  );
  assert.match(sent.MessageAttributes.dropped.StringValue, /body_unreadable/);
  const hidden = commands.find(({ sdk }) => sdk === "ChangeMessageVisibilityCommand").input;
  assert.deepEqual([hidden.QueueUrl, hidden.ReceiptHandle], [urls.QUEUE_URL, "handle-2"]);
  assert.ok(hidden.VisibilityTimeout > 0 && hidden.VisibilityTimeout <= 900);
});

test("the table, the types and the handler have the same options", () => {
  const section = page.split("## Options")[1].split("\n## ")[0];
  const documented = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
  const [, options] = read("hosts/lambda/handler.d.ts").match(/export interface HandlerOptions \{([\s\S]+?)\n\}/);
  assert.deepEqual(documented.toSorted(), [...options.matchAll(/^ {2}(\w+)\?:/gm)].map(([, key]) => key).toSorted());
  for (const option of documented)
    assert.throws(() => createHandler({ [option]: 5 }), { message: new RegExp(`^createHandler: ${option}: expected`) });
});

test("the template keeps to SQS's and Lambda's rules", () => {
  const number = (key) => Number(template.match(new RegExp(`\\b${key}: (\\d+)`))[1]);
  assert.ok(number("VisibilityTimeout") >= 6 * number("Timeout"));
  assert.ok(number("MaximumConcurrency") >= 2);
  assert.ok(number("BatchSize") <= 10, "a FIFO queue gives ten at most");
  assert.ok(number("maxReceiveCount") <= 1000);
  assert.match(template, /FunctionResponseTypes: \[ReportBatchItemFailures\]/);
  const [, file] = template.match(/Handler: (\w+)\.handler/);
  assert.ok(existsSync(join(root, "hosts", "lambda", `${file}.mjs`)));
  for (const name of read("hosts/lambda/app.mjs")
    .match(/const \{ ([A-Z_, ]+) \} = process\.env/)[1]
    .split(", ")) {
    if (name !== "INTERCOM_BASE_URL") assert.match(template, new RegExp(`^ {10}${name}: `, "m"), name);
  }
});
