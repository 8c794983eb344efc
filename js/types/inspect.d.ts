// What the plugin makes of settings and events, as data: for the playground, the command-line check and tests of one's own.
import type { Settings, Subscription } from "./index.js";

/** A fault (something does not work) or a warning (it works, but perhaps not as meant). */
export interface Problem {
  severity: "fault" | "warning";
  /** Stable between versions, for example `filter_unclosed_string`; see docs/errors.md. */
  code: string;
  /** The sentence the plugin reports, with the location in words. */
  sentence: string;
  /** What was expected, without the location. */
  expected: string;
  /** What was found there, empty where there is nothing to show. */
  found: string;
  /**
   * Where, as keys from the settings down: `['subscriptions', 2, 'mapping', 'name', '@path']`. Of what is not there, its
   * parent. Empty for a location in a preset, and for what only an event has.
   */
  path: (string | number)[];
  /** Within the text at `path`, a filter: UTF-16 code units before the location. */
  offset?: number;
}

/** `['trackEvent', name, metadata]` or `['update', attributes]`: the arguments of `window.Intercom`. */
export type Call = [method: string, ...args: unknown[]];

/** What is known of a subscription before any event. */
export interface SubscriptionCheck {
  /** Its number in `settings.subscriptions`, or among the presets. */
  index: number;
  name: string;
  /** `partnerAction` as the settings have it. */
  action: string;
  enabled: boolean;
  /** Whether events are tried against it: it is enabled, its action is known, and its filter and mapping can be used. */
  works: boolean;
  /** The event types its filter could match. */
  eventTypes: ("track" | "page" | "identify" | "group" | "alias")[];
  problems: Problem[];
}

/** What is known of settings before any event. */
export interface Check {
  /** Whether the plugin runs at all with these settings. */
  usable: boolean;
  /** All there is to say, in the plugin's order; those of subscriptions are in `subscriptions` as well. */
  problems: Problem[];
  /** Those of the settings, or the presets where the settings have none. */
  subscriptions: SubscriptionCheck[];
  /** Whether a mapping needs Liquid. `createInspector` loads it, from beside its own file. */
  liquid: boolean;
}

/** What one working subscription makes of an event. */
export interface Step {
  /** Its number in {@link Check.subscriptions}. */
  index: number;
  name: string;
  action: string;
  matched: boolean;
  /** What the mapping gave; absent when nothing matched or the mapping failed. */
  payload?: unknown;
  /** What is said to Intercom; absent when nothing is. */
  call?: Call;
  problems: Problem[];
}

/** What the plugin makes of one event. */
export interface Report {
  /** A step for each working subscription, in the order in which the plugin goes through them. */
  steps: Step[];
  /** The calls of all steps, in order, before the update guard looks at them. */
  calls: Call[];
  /** The problems of all steps, and what Intercom would take without a word and then drop. */
  problems: Problem[];
}

/** Settings under inspection. */
export interface Inspector {
  check: Check;
  /** What these settings make of an event; never throws, whatever the event is. The event is not changed. */
  inspect(event: unknown): Report;
  /** The next visitor: what Intercom knew of the last one no longer counts. */
  reset(): void;
}

/** Inspects settings, which may be anything. Rejects only where WebAssembly cannot run. */
export function createInspector(settings: unknown): Promise<Inspector>;

/** Settings found in a document. */
export interface Found {
  /** What the document calls the destination, or `Settings` for plain settings. */
  name: string;
  /** Where in the document the settings stand. */
  path: (string | number)[];
  settings: Record<string, unknown>;
  /** Where in the document a place in the settings stands: `subscribe` is called `trigger` in the Public API, for example. */
  at(place: (string | number)[]): (string | number)[];
}
/**
 * The settings in a parsed JSON document: themselves, or as Segment's CDN gives them to a page (`remotePlugins`, also within
 * `cdnSettings`), or as its Public API tells of them: `{ destination, subscriptions }`, also within `data`. Throws an `Error` that
 * says what was expected where there are none.
 */
export function destinationsIn(document: unknown): Found[];
/** The subscriptions that apply where the settings have none. */
export function presets(): Promise<Subscription[]>;
export type { Settings, Subscription };
