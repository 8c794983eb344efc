// Cloud mode: events from servers, mobile apps and warehouses to Intercom's REST API. docs/cloud.md explains each setting.
import type { Subscription as WebSubscription } from "./index.js";
import type { Check as SettingsCheck, Problem, Step as WebStep } from "./inspect.js";

/** A trigger and a mapping for one of Cloud mode's actions. */
export interface Subscription extends Omit<WebSubscription, "partnerAction"> {
  /** `groupIdentifyContact` is Segment's name of `groupIdentifyCompany`. */
  partnerAction: "identifyContact" | "groupIdentifyCompany" | "groupIdentifyContact" | "trackEvent";
}

/** Remembers ids and what was sent, across restarts and processes. Values are short texts; keys have user ids and e-mail addresses in them. */
export interface Cache {
  get(key: string): string | undefined | null | Promise<string | undefined | null>;
  /** `timeToLive` is in milliseconds. Where a promise is returned, some requests wait for it: of what they may do twice, a later run must know. */
  put(key: string, value: string, timeToLive: number): unknown;
  delete(key: string): unknown;
}

/** Time and timers. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  setTimeout(work: () => void, delay: number): any;
  clearTimeout(timer: any): void;
}

/** A request as it is sent, without address, headers and token. */
export interface Request {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Percent-encoded, with a leading slash. */
  path: string;
  /** Parsed JSON. */
  body?: unknown;
}

/** What `createCloud` takes. A setting that is null or undefined has its default. */
export interface CloudSettings {
  /** The access token of the workspace. Needed unless `dryRun` is true. */
  accessToken?: string | null;
  /** Where the workspace's data is. Default: `"us"`. */
  region?: "us" | "eu" | "au" | "US" | "EU" | "AU" | null;
  /** Where requests go instead: an `https:` address, or `http:` on this machine. */
  baseUrl?: string | null;
  /** Version of the REST API, from `"2.13"` on. Default: `"2.14"`. */
  apiVersion?: string | null;
  /** Default: the presets of all three actions. */
  subscriptions?: Subscription[] | null;
  /** A user's identify takes in the lead with the same e-mail. Default: true. */
  mergeLeads?: boolean | null;
  /** Brings archived contacts back when an identify names them. Default: false. */
  unarchive?: boolean | null;
  /** Makes custom attributes that Intercom does not have. Default: false. */
  createAttributes?: boolean | null;
  /** Does not write the fields of an identify that is older than one already sent. Default: false. */
  skipStale?: boolean | null;
  /**
   * Does not send an update of a contact that is equal to what was sent within the hour. `false` where other programs write the same contacts:
   * what they have written since is not known here. Default: true.
   */
  skipEqualContacts?: boolean | null;
  /** The same for companies, within the day. Default: true. */
  skipEqualCompanies?: boolean | null;
  /** Events of type `delete` delete the contact for good. Default: true. */
  handleDelete?: boolean | null;
  /** Sends nothing; `onRequest` shows what an empty workspace would be sent. Default: false. */
  dryRun?: boolean | null;
  /** The share of the rate limit to spend, above 0 and at most 1. Default: 1. */
  rateShare?: number | null;
  /** Requests on their way at once, from 1 to 1000. Default: 16. */
  concurrency?: number | null;
  /** Milliseconds a request may take. Default: 10,000. */
  requestTimeout?: number | null;
  /** Milliseconds an event is kept before it is given back as `retry`. Default: 30,000. */
  patience?: number | null;
  /** Milliseconds an event is given back for want of its contact before it is dropped. Default: 14,400,000 (4 hours). */
  giveUpAfter?: number | null;
  /** Default: `globalThis.fetch`, looked up at each request. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | null;
  /** Default: `Date.now`, `setTimeout` and `clearTimeout` of the program; a dry run waits for nothing. */
  clock?: Clock | null;
  /** Default: none; what is known is kept in memory. */
  cache?: Cache | null;
  /** Hears each cause once: warnings about settings, a cache that fails. Errors have a stable `code`. */
  onError?: ((error: Error & { code: string }) => void) | null;
  /** Hears of each request before it is sent. Bodies have personal data in them. */
  onRequest?: ((request: Request) => void) | null;
}

/** Something that was left out or changed, without personal data. */
export interface Warning {
  code: string;
  message: string;
}

/** What became of one event. */
export interface Outcome {
  /** `retry`: to be handed in again at `retryAt`. `dropped`: it can never be delivered. */
  status: "delivered" | "retry" | "dropped";
  /** Stable between versions; see docs/cloud.md. */
  code?: string;
  /** A sentence for a person, without personal data. */
  message?: string;
  /** Milliseconds since 1970. Only with `retry`. */
  retryAt?: number;
  warnings: Warning[];
}

/** Whether token and region are right. */
export interface Check {
  ok: boolean;
  /** `unauthorized`, `region_wrong` or `unavailable`. */
  code?: string;
  message?: string;
  /** The workspace's region. */
  region?: "us" | "eu" | "au";
  /** The workspace's id, which web mode calls `appId`. */
  workspace?: string;
}

/** A destination of one workspace. */
export interface Cloud {
  /**
   * Delivers events in the order in which they happened, and resolves to one outcome per event, in the same order. Several calls may run at
   * once; they share order, ids and rate limit. It rejects only when `events` is not a list (`events_not_a_list`).
   */
  deliver(events: readonly unknown[]): Promise<Outcome[]>;
  /**
   * For hosts whose time is up: what is not on its way is given back as `retry` (`stopped`), and requests on their way have `grace`
   * milliseconds, 0 by default. Events that are handed in later are delivered as before.
   */
  stop(grace?: number): void;
  /** Asks Intercom whose the token is. */
  check(): Promise<Check>;
  /**
   * Changes the setting `rateShare` while events are delivered: when other programs that use the token come or go. A smaller share holds at
   * once, a larger one from Intercom's next window on, within ten seconds. Throws `rate_share_invalid`.
   */
  setRateShare(share: number): void;
}

/**
 * Opens a destination. It lives as long as the program: make one per workspace.
 *
 * Rejects with an Error whose `code` and `message` name the setting that is wrong; `errors` lists all of them, as `{ severity, code, message,
 * path, offset }`, where `path` and `offset` are those of {@link Problem}.
 */
export function createCloud(settings: CloudSettings): Promise<Cloud>;

/** What one working subscription makes of an event. */
export type Step = Omit<WebStep, "call">;

/** What an empty workspace would be sent for one event. */
export interface Report {
  /** A step for each working subscription, in their order. */
  steps: Step[];
  /** The requests, in order. */
  requests: Request[];
  /** What would become of the event; absent where the settings can't be used. */
  outcome?: Outcome;
}

/** Settings under inspection. */
export interface CloudInspector {
  check: SettingsCheck;
  /** What these settings make of an event. What earlier events made is there, as in one run of `deliver`. */
  inspect(event: unknown): Promise<Report>;
}

/** Inspects settings, which may be anything; nothing is sent, and no token is needed. It lives as long as the program. */
export function createCloudInspector(settings: unknown): Promise<CloudInspector>;
export type { Problem, SettingsCheck };

/** Of this package. */
export const version: string;
