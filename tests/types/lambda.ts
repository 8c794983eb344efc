// The types of the handler for AWS Lambda.
import { createHandler, type BatchResponse, type Dropped } from "intercom-destination/lambda";

const codes: string[] = [];
export const handler = createHandler({
  settings: { region: "eu", rateShare: 0.5 },
  accessToken: async () => "token",
  onDropped: ({ record, dropped }) => codes.push(record.messageId, ...dropped.map(({ code }: Dropped) => code)),
  delay: async (record, seconds) => void (record.attributes?.MessageGroupId ?? seconds),
});

export const answer: Promise<BatchResponse> = handler({ Records: [{ messageId: "m", body: "{}" }] });

// @ts-expect-error The token has an option of its own.
createHandler({ settings: { accessToken: "token" } });
