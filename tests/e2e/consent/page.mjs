// A page with Segment's loader and our plugin as an object, whose visitor decides by one of the sources of the setting `consent`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DROP_IN, WRITE_KEY } from "../network.mjs";
import { siteTest, until } from "../site.mjs";
import { sessions } from "../reliability/sessions.mjs";

const snippet = readFileSync(new URL("../snippet.js", import.meta.url), "utf8");
/** What Segment's consent wrapper tracks when the visitor decides. */
const UPDATED = "Segment Consent Preference Updated";

/** Of each source: the setting, what the page has for it in the beginning, and how the visitor decides. `answer` is true, false or null. */
export const SOURCES = {
  segment: {
    consent: `{ from: "segment", categories: ["Functional"] }`,
    start: (answer) => {
      window.preferences = answer === null ? undefined : { Functional: answer, Advertising: false };
      analytics.addSourceMiddleware(({ payload, next }) => {
        if (window.preferences) payload.obj.context.consent = { categoryPreferences: { ...window.preferences } };
        next(payload);
      });
    },
    decide: async (answer) => {
      window.preferences = { Functional: answer, Advertising: false };
      await analytics.track("Segment Consent Preference Updated");
    },
  },
  google: {
    consent: `{ from: "google", categories: ["functionality_storage"] }`,
    start: (answer) => {
      window.dataLayer = [];
      window.gtag = function () {
        dataLayer.push(arguments);
      };
      gtag("js", new Date());
      gtag("consent", "default", { functionality_storage: answer === true ? "granted" : "denied", wait_for_update: 500 });
      if (answer === false) gtag("consent", "update", { functionality_storage: "denied" });
    },
    decide: (answer) => gtag("consent", "update", { functionality_storage: answer ? "granted" : "denied", ad_storage: "denied" }),
  },
  "a function": {
    consent: "{ from: (tell) => { window.tell = tell; return window.first } }",
    start: (answer) => {
      window.first = answer ?? undefined;
    },
    decide: (answer) => tell(answer),
  },
};

/** The site's own line of the setting, in place of a source of {@link SOURCES}. */
const asSource = (source) => SOURCES[source] ?? { consent: source, start: () => {}, decide: (answer) => tell(answer) };

const html = (source, answer, more, before) => `<!doctype html><html lang="en"><head><title>Shop</title>
  <script src="${DROP_IN}"></script><script>${snippet};
  (${source.start})(${answer});
  const consent = ${source.consent};
  ${before ? `consent.before = "${before}";` : ""}
  analytics.load("${WRITE_KEY}");
  analytics.register(intercomDestination.plugin({ appId: "abc123", consent, ...${JSON.stringify(more)} }));
  </script></head><body><h1>Shop</h1></body></html>`;

// As Intercom's own script does.
const COOKIE = `document.cookie = "intercom-id-abc123=1; path=/"; localStorage.setItem("intercom.state", "1");`;
const widget = readFileSync(new URL("../widget.js", import.meta.url), "utf8");

/** One test of a source; the visitor has said `answer` before. `settings` are more of ours, `before` is that of `consent`. */
export const consentTest = (title, { source, answer = null, settings = {}, before, ...options }, work) =>
  siteTest(
    title,
    { html: html(asSource(source), answer, settings, before), isEnabled: false, widget: { body: COOKIE + widget }, ...options },
    (site) => work({ ...site, ...actions(site, asSource(source)) }),
  );

const actions = (site, { decide }) => ({
  track: (...names) =>
    site.run(async (names) => {
      for (const name of names) await analytics.track(name);
    }, names),
  identify: (id) => site.run((id) => analytics.identify(id), id),
  decide: (answer) => site.run(decide, answer),
  /** What Intercom knows: one entry for each session, without the event that tells of the decision. */
  known: async () => {
    const { all, lost } = sessions((await site.calls()).filter(([, name]) => name !== UPDATED));
    assert.deepEqual(lost, []);
    return all.filter(({ person, events }) => Object.keys(person).length > 0 || events.length > 0);
  },
  /** Waits until Intercom has heard an event of this name. */
  hears: (name) => until(async () => (await site.calls()).some(([, heard]) => heard === name)),
});

/** What is on the page of Intercom's after a while: nothing. */
export async function untouched(site) {
  await until(() => site.run(() => !!window.intercomDestinationParts?.consent));
  await site.page.waitForTimeout(200);
  assert.deepEqual(site.network.widgetRequests, []);
  const left = await site.run(() => ({
    Intercom: typeof window.Intercom,
    settings: typeof window.intercomSettings,
    stored: [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((text) => /intercom/i.test(text)),
    elements: document.querySelectorAll("[src*='intercom.io'], button").length,
  }));
  assert.deepEqual(left, { Intercom: "undefined", settings: "undefined", stored: [], elements: 0 });
}
