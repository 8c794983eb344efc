// The handler for AWS Lambda, with SQS-shaped events and the stand-in for Intercom behind its fetch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHandler } from "../../../hosts/lambda/handler.js";
import { group, identify, track } from "../../cloud/workspace.mjs";
import { open, TOKEN } from "./function.mjs";

const standard = "arn:aws:sqs:eu-west-1:000000000000:events";
const record = (messageId, body, group, arn = group ? `${standard}.fifo` : standard) => ({
  messageId,
  body: typeof body === "string" ? body : JSON.stringify(body),
  receiptHandle: messageId,
  eventSourceARN: arn,
  attributes: { ApproximateReceiveCount: "1", ...(group && { MessageGroupId: group }) },
});
const failed = ({ batchItemFailures }) => batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const down = { faults: [{ kind: "503" }] };

test("a body is one event or a list of events", async () => {
  const { once, state } = open();
  const answer = await once([
    record("r-1", identify("u-1", { name: "Ada" })),
    record("r-2", [track("u-1", "A", {}, 1), track("u-1", "B", {}, 2)]),
    record("r-3", []),
  ]);
  assert.deepEqual(failed(answer), []);
  assert.deepEqual(
    state().events.map(({ name }) => name),
    ["A", "B"],
  );
});

test("what is not delivered comes again, and nothing else", async () => {
  const { once, intercom } = open({ intercom: { faults: [{ match: "POST /events", kind: "503" }] } });
  intercom.seed({ contacts: [{ role: "user", external_id: "u-2" }] });
  const answer = await once([record("r-1", identify("u-1", { name: "Ada" })), record("r-2", [identify("u-3", {}), track("u-2", "A")])]);
  assert.deepEqual(failed(answer), ["r-2"]);
});

test("a process whose first invocation has no time left gives all back, and delivers in the next", async () => {
  const { once, state } = open();
  const records = [record("r-1", identify("u-1", { name: "Ada" }))];
  assert.deepEqual(failed(await once(records, { getRemainingTimeInMillis: () => 500 })), ["r-1"]);
  assert.deepEqual(failed(await once(records)), []);
  assert.equal(state().contacts[0].name, "Ada");
});

test("a process sends what it has sent before, because another one may have written in between", async () => {
  const { open: process, state } = open();
  const [first, second] = [process(), process()];
  for (const [i, [deliver, name]] of [
    [first, "Ada"],
    [second, "Bea"],
    [first, "Ada"],
  ].entries()) {
    await deliver([record(`r-${i}`, [identify("u-1", { name }), group("u-1", "c-1", { name })])]);
    assert.deepEqual([state().contacts[0].name, state().companies[0].name], [name, name]);
  }
});

test("in a FIFO queue what is behind a failure of its group comes again, too", async () => {
  const { once, intercom } = open({
    intercom: { faults: [{ match: "POST /events", nth: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], kind: "503" }] },
    latency: 0,
  });
  intercom.seed({ contacts: ["u-1", "u-2"].map((external_id) => ({ role: "user", external_id })) });
  const records = [
    record("r-1", { type: "page", userId: "u-1" }, "u-1"),
    record("r-2", track("u-1", "A"), "u-1"),
    record("r-3", { type: "page", userId: "u-1" }, "u-1"),
    record("r-4", { type: "page", userId: "u-2" }, "u-2"),
  ];
  assert.deepEqual(failed(await once(records)), ["r-2", "r-3"]);
  const other = open({ intercom: down });
  // Fair queues have groups, but no order.
  assert.deepEqual(failed(await other.once(records.map((each) => ({ ...each, eventSourceARN: standard })))), ["r-2"]);
});

test("dropped events are kept by onDropped, with their place and code", async () => {
  const { once, lost, lines } = open();
  const answer = await once([
    record("r-1", '{"type":"track","email":"eve@example.com",}'),
    record("r-2", "7"),
    record("r-3", [identify("u-1", {}), track("u-1", "")]),
    record("r-4", '{"type":'),
  ]);
  assert.deepEqual(failed(answer), []);
  assert.deepEqual(lost.map(({ record, dropped }) => [record.messageId, dropped]).toSorted(), [
    ["r-1", [{ code: "body_unreadable", message: "The body is not JSON: it can't be read at character 43.", index: 0 }]],
    ["r-2", [{ code: "body_unreadable", message: "The body is not an event or a list of events.", index: 0 }]],
    ["r-3", [{ code: "event_name_missing", message: "There is no event name.", index: 1 }]],
    ["r-4", [{ code: "body_unreadable", message: "The body is not JSON: it can't be read at its end.", index: 0 }]],
  ]);
  assert.deepEqual(
    lines
      .filter(({ status }) => status === "dropped")
      .map(({ messageId }) => messageId)
      .toSorted(),
    ["r-1", "r-2", "r-3", "r-4"],
  );
  assert.doesNotMatch(JSON.stringify(lines), /example\.com/);
});

test("what can't be kept fails, for the queue to keep it", async () => {
  for (const onDropped of [undefined, () => Promise.reject(new Error("down"))]) {
    const { once, lines } = open({ handler: { onDropped } });
    assert.deepEqual(failed(await once([record("r-1", "x"), record("r-2", identify("u-1", {}))])), ["r-1"]);
    assert.equal(
      lines.some(({ code }) => code === "on_dropped_failed"),
      !!onDropped,
    );
  }
});

test("what is dropped from a list is kept once, when nothing of the list has to come again", async () => {
  const { drain, queue, lost, state } = open({ intercom: { faults: [{ nth: [1, 2, 3, 4, 5, 6, 7], kind: "503" }] } });
  queue.send([track("u-1", ""), identify("u-1", { name: "Ada" })]);
  await drain();
  assert.deepEqual(
    lost.map(({ dropped }) => dropped.map(({ index }) => index)),
    [[0]],
  );
  assert.equal(state().contacts.length, 1);
});

test("a delay is told of each record that comes again", async () => {
  const delays = [];
  const { once } = open({ intercom: down, handler: { delay: ({ messageId }, seconds) => delays.push([messageId, seconds]) } });
  await once([record("r-1", identify("u-1", {})), record("r-2", { type: "page" })]);
  assert.equal(delays.length, 1);
  const [[id, seconds]] = delays;
  assert.ok(id === "r-1" && Number.isInteger(seconds) && seconds >= 20 && seconds <= 300, `${seconds}`);
  const broken = open({ intercom: down, handler: { delay: () => Promise.reject(new Error("no")) } });
  assert.deepEqual(failed(await broken.once([record("r-1", identify("u-1", {}))])), ["r-1"]);
  assert.ok(broken.lines.some(({ code }) => code === "delay_failed"));
});

test("it answers before its time is up, whatever Intercom does", async () => {
  for (const remaining of [3000, 10_000, 30_000]) {
    const { once, clock } = open({ intercom: { faults: [{ kind: "never" }] } });
    const began = clock.now();
    const answer = await once([record("r-1", identify("u-1", {}))], { getRemainingTimeInMillis: () => remaining });
    assert.deepEqual(failed(answer), ["r-1"]);
    assert.ok(clock.now() - began <= remaining - 900, `${clock.now() - began} of ${remaining}`);
  }
});

test("the token is asked for again when it is refused, and only then", async () => {
  const tokens = ["old", TOKEN];
  let asked = 0;
  const { clock, queue, drain, state } = open({ handler: { accessToken: async () => tokens[Math.min(asked++, 1)] } });
  queue.send(identify("u-1", { name: "Ada" }));
  queue.send(identify("u-2", { name: "Lin" }));
  await drain();
  queue.send(identify("u-3", { name: "Kim" }));
  assert.equal(state().contacts.length, 2);
  assert.equal(asked, 2);
  assert.ok(clock.now() > 0);
});

test("what is wrong with options, settings, token or event is said", async () => {
  assert.throws(() => createHandler({ onDrop() {} }), { code: "setting_invalid", message: "createHandler: there is no option onDrop" });
  assert.throws(() => createHandler({ delay: 5 }), { code: "setting_invalid", message: "createHandler: delay: expected a function" });
  await assert.rejects(open().once(undefined), { code: "records_missing" });
  for (const wrong of [null, undefined, "r-2"])
    await assert.rejects(open().once([record("r-1", identify("u-1", {})), wrong]), {
      code: "records_missing",
      message: "Records[1]: expected a record of SQS: an object",
    });
  const context = { getRemainingTimeInMillis: () => 5000 };
  await assert.rejects(createHandler({ accessToken: () => undefined })({ Records: [] }, context), {
    code: "setting_invalid",
    message: /accessToken/,
  });
  const handler = createHandler({ settings: { region: "mars" }, accessToken: () => "any" });
  for (let i = 0; i < 2; i++) await assert.rejects(handler({ Records: [] }, context), /region/);
});

test("an engine that fails ends the process, so that the whole batch comes again", async (t) => {
  const exit = t.mock.method(process, "exit", () => {
    throw new Error("exited");
  });
  let isBroken = true;
  // It is called within the engine's step.
  const clearTimeout = (timer) => {
    if (isBroken) {
      isBroken = false;
      throw new Error("a fault");
    }
    globalThis.clearTimeout(timer);
  };
  const clock = { now: Date.now, setTimeout, clearTimeout };
  const { once, lines } = open({ settings: { clock } });
  await assert.rejects(once([record("r-1", identify("u-1", {}))]), /exited/);
  assert.equal(exit.mock.callCount(), 1);
  assert.ok(lines.some(({ code }) => code === "engine_fault"));
});
