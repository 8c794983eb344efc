// A small SQS: visibility, receive counts, a redrive policy, and in FIFO queues groups whose messages wait for each other.

export function createQueue({ clock, isFifo = false, visibility = 180_000, maxReceiveCount = 1000 }) {
  const arn = `arn:aws:sqs:eu-west-1:000000000000:events${isFifo ? ".fifo" : ""}`;
  const messages = [];
  const dead = [];
  let sent = 0;

  const send = (body, group) =>
    messages.push({
      messageId: `sqs-${++sent}`,
      body: typeof body === "string" ? body : JSON.stringify(body),
      group,
      visibleAt: 0,
      received: 0,
    });

  const receive = (most = 10) => {
    const now = clock.now();
    const taken = [];
    const blocked = new Set();
    for (const message of [...messages]) {
      const isTaken = message.visibleAt <= now && !blocked.has(message.group) && taken.length < most;
      if (isTaken && message.received >= maxReceiveCount) {
        messages.splice(messages.indexOf(message), 1);
        dead.push(message);
      } else if (isTaken) {
        message.visibleAt = now + visibility;
        message.received += 1;
        taken.push(message);
      } else if (isFifo) blocked.add(message.group);
    }
    return taken.map(({ messageId, body, group, received }) => ({
      messageId,
      body,
      receiptHandle: messageId,
      eventSource: "aws:sqs",
      eventSourceARN: arn,
      attributes: { ApproximateReceiveCount: String(received), SentTimestamp: "0", ...(group && { MessageGroupId: group }) },
    }));
  };

  /** What Lambda does with an answer; undefined: the invocation failed. */
  const settle = (records, answer) => {
    if (!answer) return;
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId } of records) {
      const at = messages.findIndex((message) => message.messageId === messageId);
      if (at >= 0 && !failed.has(messageId)) messages.splice(at, 1);
    }
  };

  const changeVisibility = (receiptHandle, seconds) => {
    const message = messages.find(({ messageId }) => messageId === receiptHandle);
    if (message) message.visibleAt = clock.now() + seconds * 1000;
  };

  const nextAt = () => Math.min(...messages.map(({ visibleAt }) => visibleAt));

  return { send, receive, settle, changeVisibility, nextAt, messages, dead };
}
