// What each runtime is asked to do: `{ settings, events }` in, outcomes out. It imports the package by name, as a program of somebody's would.
import { createCloud } from "intercom-destination/cloud";

export async function run({ settings, events }) {
  const cloud = await createCloud(settings);
  const { ok } = await cloud.check();
  return { ok, outcomes: await cloud.deliver(events) };
}
