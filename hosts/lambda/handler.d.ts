// Cloud mode in AWS Lambda, with events from SQS. docs/lambda.md explains each option.
import type { CloudSettings } from "../../js/types/cloud.js";

/** A record as SQS hands it over; only these parts are read. */
export interface SqsRecord {
  messageId: string;
  body: string;
  eventSourceARN?: string;
  receiptHandle?: string;
  attributes?: { MessageGroupId?: string; ApproximateReceiveCount?: string; [name: string]: string | undefined };
}

/** Why an event of a record can never be delivered. */
export interface Dropped {
  /** As in docs/cloud.md, or `body_unreadable`. */
  code: string;
  /** A sentence without personal data. */
  message: string;
  /** Which event of the body's list; 0 where it is one event. */
  index: number;
}

export interface HandlerOptions {
  /** Settings of `createCloud`, without the token. */
  settings?: Omit<CloudSettings, "accessToken">;
  /** The access token; asked for again when Intercom refuses it. Default: the variable INTERCOM_ACCESS_TOKEN. */
  accessToken?: () => string | undefined | Promise<string | undefined>;
  /**
   * Keeps a record whose events, or some of them, can never be delivered. When it resolves the record is done; when it rejects, or where it is
   * not given, the record fails until the queue's redrive policy moves it away.
   */
  onDropped?: (lost: { record: SqsRecord; dropped: Dropped[] }) => unknown;
  /** Hears of each record that comes again, and in how many seconds at the earliest, for ChangeMessageVisibility. */
  delay?: (record: SqsRecord, seconds: number) => unknown;
  /** Takes a line of the log, without personal data. Default: prints it as JSON. */
  log?: (line: { level: "info" | "warn" | "error"; [key: string]: unknown }) => unknown;
}

/** What Lambda tells SQS. It needs `FunctionResponseTypes: [ReportBatchItemFailures]`. */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** A handler for events of SQS. Throws `setting_invalid` where an option can't be used. */
export function createHandler(
  options?: HandlerOptions,
): (event: { Records: SqsRecord[] }, context?: { getRemainingTimeInMillis?(): number }) => Promise<BatchResponse>;
