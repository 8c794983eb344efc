// The function of template.yaml. Lambda's Node has the AWS SDK; nothing else is loaded.
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createHandler } from "intercom-destination/lambda";

const { QUEUE_URL, DEAD_LETTER_URL, INTERCOM_REGION, INTERCOM_BASE_URL } = process.env;
const sqs = new SQSClient();
const isFifo = QUEUE_URL.endsWith(".fifo");

export const handler = createHandler({
  settings: { region: INTERCOM_REGION ?? "us", baseUrl: INTERCOM_BASE_URL },
  async onDropped({ record, dropped }) {
    const reasons = JSON.stringify(dropped);
    const fifo = isFifo && { MessageGroupId: record.attributes.MessageGroupId, MessageDeduplicationId: record.messageId };
    const MessageAttributes = { dropped: { DataType: "String", StringValue: reasons.slice(0, 1000) } };
    await sqs.send(new SendMessageCommand({ QueueUrl: DEAD_LETTER_URL, MessageBody: record.body, MessageAttributes, ...fifo }));
  },
  async delay({ receiptHandle }, seconds) {
    const VisibilityTimeout = Math.min(seconds, 900);
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: QUEUE_URL, ReceiptHandle: receiptHandle, VisibilityTimeout }));
  },
});
