import { until } from "./until.mjs";

/** Has events of several people give one company two plans by turns, `count` times; fails where Intercom does not have the last one. */
export async function planByTurns({ intercom, send, count }) {
  for (const i of Array(count).keys()) {
    const plan = i % 2 ? "pro" : "free";
    await send({ type: "group", messageId: `g-${i}`, groupId: "acme", anonymousId: `a-${i % 5}`, traits: { plan } });
    await until(() => intercom.state().companies[0]?.plan === plan, `the plan ${plan}, written by event ${i}`, 15_000);
  }
}
