// Types of the public surface. Units, defaults and errors are named at each setting.

/** One subscription: which events go to which action, and how the event becomes the action's payload. */
export interface Subscription {
  /** What is done; docs/mappings.md has the fields of each action. */
  partnerAction:
    | "trackEvent"
    | "identifyUser"
    | "identifyCompany"
    | "showMessenger"
    | "hideMessenger"
    | "showNewMessage"
    | "showArticle"
    | "showNews"
    | "showTicket"
    | "showConversation"
    | "startTour"
    | "startSurvey"
    | "startChecklist"
    | (string & {});
  /** Shown in messages. */
  name?: string;
  /** A subscription that is not enabled is ignored. */
  enabled: boolean;
  /** The filter, for example `type = "track" and event = "Order Completed"`. */
  subscribe: string;
  /** The mapping: values, nested objects and directives such as `{ "@path": "$.properties.total" }`. Absent means `{}`. */
  mapping?: Record<string, unknown> | null;
}

/** What goes wrong, as an `Error` with a stable `code` and a sentence that names the place. It never holds a visitor's data. */
export interface IntercomDestinationError extends Error {
  name: "IntercomDestinationError";
  /** Stable between versions, for example `setting_app_id`, `filter_unclosed_string` or `widget_unavailable`. */
  code: string;
}

/** When the widget is loaded; docs/loading.md explains each. */
export type LoadTime = "now" | "idle" | "interaction" | "launcher" | ((load: () => void) => unknown) | PromiseLike<unknown>;

/** How to know whether the visitor agrees; docs/consent.md explains each. */
export type Consent = {
  /** What becomes of events before the visitor has chosen. Default: `"keep"`. */
  before?: "keep" | "drop";
} & (
  | {
      /** Segment's `context.consent.categoryPreferences`, or Google's Consent Mode in `window.dataLayer`. */
      from: "segment" | "google";
      /** Names that must all be agreed to, for example `["Functional"]` or `["functionality_storage"]`. */
      categories: string[];
    }
  | {
      /** Tells the choice by what it is given, or by the boolean or the promise of one that it returns; undefined is no choice yet. */
      from: (tell: (isGranted: boolean) => void) => unknown;
      categories?: string[];
    }
);

/** Intercom's own settings of the Messenger, by Intercom's names. One that is absent is the page's, else Intercom's. */
export interface MessengerSettings {
  /** The side of the page where the launcher is. */
  alignment?: "left" | "right" | null;
  /** Pixels between the launcher and that side. */
  horizontal_padding?: number | null;
  /** Pixels between the launcher and the bottom of the page. */
  vertical_padding?: number | null;
  /** The CSS z-index of the Messenger. */
  z_index?: number | null;
  /** The CSS colour of buttons and links. */
  action_color?: string | null;
  /** The CSS colour behind the Messenger's header. */
  background_color?: string | null;
  theme_mode?: "light" | "dark" | "system" | null;
  /** Milliseconds without activity after which Intercom forgets the visitor. */
  session_duration?: number | null;
  /** The Messenger's language, such as `"de"`. */
  language_override?: string | null;
  /** Whether Intercom's own launcher is hidden. False shows it even where Intercom's settings hide it. */
  hide_default_launcher?: boolean | null;
}

/** What the Messenger tells: that it was opened or closed, the number of unread messages, and that the visitor entered an address, with or without it. */
export type MessengerNews = "show" | "hide" | "unread" | "emailSupplied" | "email";

/** Settings. Keys that are not known are ignored with one warning; a wrong type is an error that names the key. */
export interface Settings {
  /** The Intercom app id: letters, digits, `_` and `-`. */
  appId: string;
  /** CSS selector of a button that opens the Messenger. Default: Intercom's own launcher. */
  activator?: string | null;
  /** Keys of event properties that hold rich links, `{ url, value }`. Default: none. */
  richLinkProperties?: string[] | null;
  /** The regional API. Default: `https://api-iam.intercom.io`. */
  apiBase?: "https://api-iam.intercom.io" | "https://api-iam.eu.intercom.io" | "https://api-iam.au.intercom.io" | (string & {}) | null;
  /** Absent: three presets send every track, identify, page and group call. An empty list: nothing is sent. */
  subscriptions?: Subscription[] | null;
  /**
   * When Intercom's widget is loaded. `then` is the number of milliseconds after which it is loaded in any case, `label` and `failedLabel` are
   * texts of the launcher that is shown until then. Default: `"now"`.
   */
  load?: LoadTime | { when: LoadTime; then?: number; label?: string; failedLabel?: string } | null;
  /** Absent: nothing is asked for. Else nothing of Intercom's is fetched or stored before the visitor agrees. */
  consent?: Consent | null;
  /**
   * What of the Messenger's the loader tracks: true for all, without the address that a visitor entered; a list; or an object, in which a text
   * is the event's name. Default: nothing.
   */
  forward?: boolean | MessengerNews[] | Partial<Record<MessengerNews, boolean | string | null>> | null;
  /** Whether events that follow have the Messenger's visitor in `context.Intercom.visitorId`; in loaders of the Analytics.js 2.0 family. Default: false. */
  visitorId?: boolean;
  /**
   * Gives a JWT that proves to Intercom who the user is. Asked before Intercom is told of a user whose event has none, and before the last
   * one expires; events wait for it, for 5 seconds at most. It is not written anywhere. docs/user-jwt.md.
   */
  userJwt?: ((userId: string) => string | null | undefined | PromiseLike<string | null | undefined>) | null;
  /** What Intercom's `boot` says of the Messenger for every visitor, before what the page's `intercomSettings` say. */
  messenger?: MessengerSettings | null;
  /** Milliseconds until a widget that has not come is reported and its queue let go. Default: 10000. */
  widgetTimeout?: number;
  /** Whether the loader's `reset` shuts Intercom down and boots it for the next visitor. Default: true. */
  shutdownOnReset?: boolean;
  /** The nonce for the injected script, for pages with a strict Content-Security-Policy. Default: that of the drop-in's own tag. */
  nonce?: string;
  /** Whether an `update` that repeats the last one within 60 seconds is held back. Default: true. */
  updateGuard?: boolean;
  /** Whether the console says, event by event, what matched and what was called. Default: false. */
  debug?: boolean;
  /** Hears every fault and warning once per cause. */
  onError?: (error: IntercomDestinationError) => void;
}

/** What a loader hands to a plugin: the event is in `event`. */
export interface Context {
  event: unknown;
}

/** A destination plugin for loaders of the Analytics.js 2.0 family. */
export interface Plugin {
  /** `Intercom Web (Actions) trackEvent` and so on; without an action when one plugin stands for all. */
  name: string;
  type: "destination";
  version: string;
  /** Whether `load` has run. */
  isLoaded(): boolean;
  /** Brings Intercom onto the page. Settles at once; it never waits for the network. */
  load(context: any, analytics: any): Promise<any>;
  /** Takes Intercom off the page again. */
  unload(context?: any, analytics?: any): Promise<any>;
  ready(): Promise<any>;
  track<C>(context: C): C;
  page<C>(context: C): C;
  identify<C>(context: C): C;
  group<C>(context: C): C;
  alias<C>(context: C): C;
}

/** What `addCustomIntegration` of RudderStack takes. */
export interface RudderStackIntegration {
  init(): void;
  isReady(): boolean;
  track(analytics: any, logger: any, event: any): void;
  page(analytics: any, logger: any, event: any): void;
  identify(analytics: any, logger: any, event: any): void;
  group(analytics: any, logger: any, event: any): void;
  alias(analytics: any, logger: any, event: any): void;
  /**
   * RudderStack does not tell its integrations of `reset`: the next event of another visitor does. Call this beside
   * `rudderanalytics.reset()` to shut the conversation at once.
   */
  reset(): void;
}

/** A plugin for `analytics` of getanalytics.io, which has no `group` and no `alias`: `analytics.plugins.intercom.group(…)`. */
export type GetAnalyticsPlugin = {
  name: "intercom";
  config: Record<string, unknown>;
  initialize(given?: any): void;
  loaded(): boolean;
  track(given: any): void;
  page(given: any): void;
  identify(given: any): void;
  reset(given?: any): void;
  methods: {
    group(groupId: string, traits?: Record<string, unknown>): void;
    alias(userId: string, previousId?: string): void;
  };
};

/** An integration for `analytics.use(…)` of the classic analytics.js-core; its name is `Intercom`. */
export interface ClassicIntegration {
  new (
    settings?: Settings,
  ): {
    initialize(): void;
    /** The classic `analytics.reset()` does not tell its integrations: the next event of another visitor does. */
    reset(): void;
  };
  (analytics: any): any;
}

/** Calls for sites without a loader. None of them throws or waits. */
export interface Standalone {
  track(event: string, properties?: Record<string, unknown>): void;
  page(name?: string, properties?: Record<string, unknown>): void;
  page(properties: Record<string, unknown>): void;
  /** Without a user id: the one of the last `identify`. */
  identify(userId: string | number | null | undefined, traits?: Record<string, unknown>): void;
  identify(traits: Record<string, unknown>): void;
  group(groupId: string | number, traits?: Record<string, unknown>): void;
  alias(userId: string | number, previousId?: string | number): void;
  /** The visitor has logged out: Intercom forgets them and starts anew. */
  reset(): void;
  /**
   * With the setting `forward`, `listener` hears of what the Messenger tells, by the name of its event: `"Messenger Unread Changed"` with
   * `{ unread_count: 2 }`.
   */
  onMessenger(listener: (event: string, properties: Record<string, unknown>) => void): void;
  /** Resolves to true when events can be handled; to false when a setting is wrong. It never rejects. */
  ready: Promise<boolean>;
}

/**
 * One plugin for all actions, at once, for loaders that take objects only. Nothing is touched before its `load`; what is
 * sent before the settings are compiled is kept. Wrong settings are reported through `onError` and the console.
 */
export function plugin(settings: Settings): Plugin;
/** For `rudderanalytics.addCustomIntegration(destinationId, rudderstack(settings))`. */
export function rudderstack(settings: Settings): RudderStackIntegration;
/** For `Analytics({ plugins: [getanalytics(settings)] })`. */
export function getanalytics(settings: Settings): GetAnalyticsPlugin;
/** For `analytics.use(classic(settings))`; the options of `analytics.initialize({ Intercom: options })` go before. */
export function classic(settings?: Partial<Settings>): ClassicIntegration;
/** Without a loader. Brings Intercom onto the page at once. */
export function standalone(settings: Settings): Standalone;

/** The Messenger of the page. */
export interface Messenger {
  /** Intercom's id of the visitor; undefined between a logout and the next `boot`. */
  visitorId(): string | undefined;
}

/** Resolves when the Messenger is booted and its visitor is known; on a server, or if a file that it needs is blocked, to undefined at once. */
export function whenReady(): Promise<Messenger | undefined>;

/** The plugin factory: resolves to one plugin per action with an enabled subscription; rejects with an {@link IntercomDestinationError}. */
export interface IntercomDestination {
  (settings: Settings): Promise<Plugin[]>;
  /** How loaders find it among their remote plugins. */
  pluginName: "Intercom Web (Actions)";
  plugin: typeof plugin;
  rudderstack: typeof rudderstack;
  getanalytics: typeof getanalytics;
  classic: typeof classic;
  standalone: typeof standalone;
  whenReady: typeof whenReady;
}

export const intercomDestination: IntercomDestination;
export default intercomDestination;
