// `createCloud`: Cloud mode for programs; js/types/cloud.d.ts says what it takes and gives.
import { loadLiquid } from "../engine/glue.js";
import { failure, reporter } from "../errors.js";
import { createDriver } from "./driver.js";
import { Cloud, start, workspaceRequest } from "./engine.js";
import { divide } from "./options.js";
import { createSender } from "./sender.js";

export const createCloud = async (options) => {
  const { host, settings } = divide(options);
  await start();
  const engine = new Cloud(settings, !!host.cache, Math.random());
  const report = reporter(host.onError);
  const errors = engine
    .problems()
    .map(({ severity, code, sentence, path, offset }) => ({ severity, code, message: sentence, path, offset }));
  const faults = errors.filter(({ severity }) => severity === "fault");
  if (faults.length > 0) {
    const [{ code }] = faults;
    throw Object.assign(failure(code, faults.map(({ message }) => message).join("\n")), { errors });
  }
  for (const { code, message } of errors) report(code, message);
  const opened = engine.opened();
  if (opened.usesLiquid) await loadLiquid();
  const send = createSender(opened, host);
  const driver = createDriver(engine, { ...host, cacheTimeout: opened.cacheTimeout, send, report });

  const deliver = async (events) => {
    if (!Array.isArray(events)) throw failure("events_not_a_list", "deliver() expects a list of events");
    // Never within a call of the engine, which a getter of an event could make otherwise.
    await undefined;
    return driver.deliver(events);
  };

  const check = async () => {
    if (opened.dryRun) return { ok: true };
    const { status, body } = await send(workspaceRequest()).result;
    return engine.check(status, body ?? new Uint8Array());
  };

  const setRateShare = (share) => {
    if (typeof share !== "number" || !Cloud.isRateShare(share)) {
      throw failure("rate_share_invalid", "setRateShare() expects a number above 0 and at most 1");
    }
    driver.setRateShare(share);
  };

  return { deliver, check, setRateShare, stop: driver.stop };
};
