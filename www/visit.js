// A visit to a page of the shop, in a frame: the shipped drop-in with these settings, and what was fetched, done and heard there, and when.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { createFields, readNumber } from "./fields.js";
import { settingsOf } from "./state.js";

const LOADS = { now: "At once", idle: "When idle", interaction: "On first use", launcher: "On opening it" };
const SOURCES = { "": "None is asked for", google: "Google’s Consent Mode" };
const BEFORE = { keep: "Are kept", drop: "Are dropped" };
const KINDS = { fetch: "Fetched", page: "Page", visitor: "Visitor", event: "Site", call: "Heard", fault: "Fault" };

const inWords = new Intl.ListFormat("en", { type: "conjunction" });
const ms = (time) => `${Math.round(time).toLocaleString("en")} ms`;

/** Nothing is drawn unless `isShown()`. */
export function createVisit({ root, store, isShown }) {
  let check;
  let frame;
  let opened;
  let entries = [];
  const { choice, field, put, viewOfProblemsAt } = createFields({ store, problems: () => check?.problems ?? [] });

  addEventListener("message", ({ source, data }) => {
    if (!frame || source !== frame.contentWindow) return;
    entries.push(data);
    entries.sort((a, b) => a.at - b.at);
    show();
  });

  function open() {
    opened = said();
    entries = [];
    frame = Object.assign(document.createElement("iframe"), { title: "A page of the shop", name: opened, src: "./visit.html" });
    show();
  }
  const said = () => JSON.stringify(settingsOf(store.state));
  const visit = () => frame?.contentWindow?.visit;

  /** Without `then` it is a word, as a site would write it. */
  function write({ when, then }) {
    if (then === undefined) put("load", when === "now" ? undefined : when);
    else put("load", { ...whole(), when, then });
  }
  const whole = () => {
    const { load = "now" } = store.state.settings;
    return typeof load === "object" && load !== null ? load : { when: load };
  };

  function viewOfLoad() {
    const { when, then } = whole();
    return html`<div class="field visit-loads" role="radiogroup" aria-labelledby="visit-loads">
        <span class="label" id="visit-loads">Loads the widget <code>load</code></span>
        <div class="switcher">
        ${Object.entries(LOADS).map(
          ([value, text]) => html`<label><input type="radio" name="visit-load" value=${value} .checked=${live(value === when)}
            @change=${() => write({ when: value, then: value === "now" ? undefined : then })}><span>${text}</span></label>`,
        )}
        </div>
        ${viewOfProblemsAt("load")}
      </div>
      <div class="pair">
        ${field(
          "load.then",
          "At the latest after",
          "Milliseconds; none: never by itself",
          ({ id, describedBy }) => html`<input id=${id} type="text" inputmode="numeric" autocomplete="off" .value=${String(then ?? "")}
            ?disabled=${when === "now"} aria-describedby=${describedBy} @input=${({ target }) => write({ when, then: readNumber(target.value) })}>`,
        )}
        ${choice("consent.from", "Consent", "Who knows whether the visitor agrees", SOURCES, "", (from) =>
          put("consent", from && { from, categories: ["functionality_storage"] }),
        )}
        ${store.state.settings.consent ? choice("consent.before", "Events before the visitor has chosen", "Where consent is asked for", BEFORE, "keep") : nothing}
      </div>
      ${viewOfProblemsAt("consent")}`;
  }

  const button = (text, act, isOff) =>
    html`<button type="button" class="button small" ?disabled=${isOff} @click=${() => act(visit())}>${text}</button>`;

  function viewOfActions() {
    const isOff = !frame;
    return html`<div class="actions">
        <button type="button" class="button primary" id="visit-open" @click=${open}>${frame ? "Open it anew" : "Open the page"}</button>
        ${button("Track", (visit) => visit?.track(), isOff)}
        ${button("Log in", (visit) => visit?.identify(), isOff)}
        ${button("Log out", (visit) => visit?.reset(), isOff)}
        ${
          store.state.settings.consent?.from === "google"
            ? html`${button("Agree", (visit) => visit?.decide(true), isOff)} ${button("Withdraw", (visit) => visit?.decide(false), isOff)}`
            : nothing
        }
      </div>`;
  }

  function show() {
    if (!isShown()) return;
    render(
      html`<div class="visit">
        <div class="visit-side">${viewOfLoad()}${viewOfActions()}${frame ?? nothing}</div>
        <div class="visit-side">
          <p class="visit-sum" role="status">${frame ? sumOf(entries) : ""}</p>
          <div class="timeline" role="group" aria-label="What was fetched, done and heard" tabindex="0">
            ${
              frame
                ? html`<ol class="visit-entries">${entries.map((entry) => viewOfEntry(entry, entries))}</ol>`
                : html`<p class="empty">Open the page, and read here what it fetches when, and which events Intercom hears.</p>`
            }
          </div>
        </div>
      </div>`,
      root,
    );
    const list = root.querySelector(".timeline");
    list.scrollTop = list.scrollHeight;
  }

  store.listen((keys) => keys.includes("settings") && show());
  show();
  return {
    show,
    /** Settings that apply now: an open page is opened anew. `next` is what is known of them. */
    use(next) {
      check = next;
      if (frame && opened !== said()) open();
      else show();
    },
  };
}

/** What was fetched before Intercom's script. */
function sumOf(entries) {
  const fetched = entries.filter(({ kind }) => kind === "fetch");
  const intercoms = fetched.find(({ isIntercoms }) => isIntercoms);
  const ours = fetched.filter(({ isIntercoms, at }) => !isIntercoms && !(at > intercoms?.at)).map(({ file }) => file);
  const before = ours.length ? inWords.format(ours) : "nothing";
  if (!intercoms) return `Nothing was asked of Intercom so far. Fetched of ours: ${before}.`;
  return `The Messenger’s script was asked for after ${ms(intercoms.at)}. Fetched before it, of ours: ${before}.`;
}

function viewOfEntry(entry, entries) {
  const { kind, at, file, isIntercoms, took, text, code } = entry;
  return html`<li class="visit-entry" data-kind=${kind} data-intercoms=${isIntercoms ? "" : nothing}>
    <time>${ms(at)}</time>
    <span class="entry-type">${KINDS[kind]}</span>
    <span>${kind === "fetch" ? html`${isIntercoms ? "The Messenger’s script, at the stand-in" : html`<code>${file}</code>`}, in ${ms(took)}` : text}
      ${code ? html`<code>${code}</code>` : nothing}
      ${kind === "event" && entry.event ? html`<em>${fateOf(entry, entries)}</em>` : nothing}</span>
  </li>`;
}

/** What became of an event, as the stand-in has heard it. */
function fateOf({ event, at }, entries) {
  const heard = entries.find((entry) => entry.kind === "call" && entry.event === event);
  return heard ? `heard ${ms(heard.at - at)} later` : "not heard so far";
}
