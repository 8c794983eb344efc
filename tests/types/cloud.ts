// Cloud mode's types, as a server uses them.
import { createCloud, type CloudSettings, type Outcome } from "../../js/types/cloud.js";

const settings: CloudSettings = {
  accessToken: "token",
  region: "eu",
  subscriptions: [{ partnerAction: "identifyContact", name: "Users", enabled: true, subscribe: 'type = "identify"', mapping: {} }],
  fetch: globalThis.fetch,
};

export async function run(): Promise<number> {
  const cloud = await createCloud(settings);
  const outcomes: Outcome[] = await cloud.deliver([{ type: "track" }]);
  // @ts-expect-error There is no such status.
  if (outcomes[0]?.status === "lost") return 0;
  return outcomes[0]?.retryAt ?? 0;
}

// @ts-expect-error Web mode has this action, Cloud mode has not.
export const wrong: CloudSettings = { subscriptions: [{ partnerAction: "identifyUser", subscribe: "", mapping: {} }] };
