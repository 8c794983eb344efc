// The workspace's object: one destination that all batches share, so that one person's events stay in order, ids are known and the rate limit
// is kept; and the memory of it, which outlives it.
import { DurableObject } from "cloudflare:workers";
import { createCloud } from "intercom-destination/cloud";
import { observe } from "../receiver/series.js";
import { createLane } from "./lane.js";
import { openMemory } from "./memory.js";
import { createTally, series } from "./metrics.js";
import { createRemoteCache } from "./remote-cache.js";
import { lanesOf, log, workspaceOf } from "./workspaces.js";

const HOUR = 3_600_000;
// Batches that the queue hands out side by side come within it.
const REORDER_FOR = 250;
const RETRY_AFTER_FAULT = 60_000;

const givenBack = ({ code, message }) => ({ status: "retry", code, message, retryAt: Date.now() + RETRY_AFTER_FAULT, warnings: [] });

export class Workspace extends DurableObject {
  #memory = openMemory(this.ctx.storage.sql);
  #tally = createTally();
  #gauges = {};
  #lane;
  #isCleaned = false;

  /** Entries `{ at, number, event }` to Intercom; resolves to an outcome for each, in their order. */
  async deliver(lane, entries) {
    await this.#cleanLater();
    let deliver;
    try {
      deliver = await this.#open(lane);
    } catch (error) {
      log("error", "Cloud mode could not be opened", { code: error.code, message: error.message });
      return entries.map(() => givenBack(error));
    }
    const outcomes = await deliver(entries);
    this.#memory.count(this.#tally.take());
    return outcomes;
  }

  readCache(keys) {
    return keys.map((key) => this.#memory.cache.get(key));
  }

  writeCache(entries) {
    const { cache } = this.#memory;
    for (const [key, value, timeToLive] of entries) value === undefined ? cache.delete(key) : cache.put(key, value, timeToLive);
  }

  /** Adds `[series, by]` to what is counted. */
  count(counts) {
    this.#memory.count(counts);
  }

  snapshot() {
    return { counts: this.#memory.counts(), gauges: this.#gauges };
  }

  /** Whether events can be delivered at all, as far as the settings tell. */
  async health() {
    try {
      await this.#open(0);
      return { ok: true };
    } catch ({ code }) {
      return { ok: false, code };
    }
  }

  async alarm() {
    if (this.#memory.expire()) await this.ctx.storage.setAlarm(Date.now() + HOUR);
    else this.#isCleaned = false;
  }

  #open(lane) {
    this.#lane ??= this.#openLane(lane).catch((error) => {
      this.#lane = undefined;
      throw error;
    });
    return this.#lane;
  }

  async #openLane(lane) {
    const { SETTINGS, INTERCOM_ACCESS_TOKEN, HOLD_SECONDS } = this.env;
    const lanes = lanesOf(this.env);
    const rateShare = (SETTINGS.rateShare ?? 1) / lanes;
    const cloud = await createCloud({
      ...SETTINGS,
      // A person's events have one lane; a company's come from all of them.
      ...(lanes > 1 && { skipEqualCompanies: false }),
      accessToken: INTERCOM_ACCESS_TOKEN,
      rateShare,
      cache: lane === 0 ? this.#memory.cache : createRemoteCache(workspaceOf(this.env, 0)),
      fetch: observe((url, init) => fetch(url, init), {
        answered: (status) => this.#tally.add(series("intercom_requests_total", { status }), 1),
        left: (name, value) => (this.#gauges[`rate_${name}`] = value),
      }),
      onError: ({ code, message }) => log("warn", message, { code }),
    });
    this.#gauges.rate_share = rateShare;
    const deliver = async (events) => {
      const outcomes = await cloud.deliver(events);
      for (const { status, code = "" } of outcomes) this.#tally.add(series("events_total", { status, code }), 1);
      return outcomes;
    };
    return createLane({ deliver, reorderFor: REORDER_FOR, holdFor: Number(HOLD_SECONDS) * 1000 });
  }

  async #cleanLater() {
    if (this.#isCleaned) return;
    this.#isCleaned = true;
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + HOUR);
  }
}
