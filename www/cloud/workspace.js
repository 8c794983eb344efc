// What the stand-in for Intercom holds: contacts, companies and events, and the choice of what goes wrong.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { countOf } from "../wording.js";
import { durationInWords } from "./duration.js";
import { SCENARIOS } from "./scenarios.js";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });
const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
// Its own bookkeeping, and what is shown elsewhere.
const LEFT_OUT =
  /^(name|role|status|merged_into|companies|tags|events|history|custom_attributes|created_at|updated_at|order|received_at|metadata)$/;

/** `onEmpty` empties it, `onAdd(label)` adds a subscription, `onPass` lets the time pass. */
export function createWorkspace({ root, waitingBar, store, onEmpty, onAdd, onPass, now }) {
  let state = { contacts: [], companies: [], events: [] };

  function show() {
    const { id, about, addition } = SCENARIOS.find((scenario) => scenario.id === store.state.fault);
    const names = new Map(
      state.contacts.map((contact) => [contact.id, contact.name ?? contact.email ?? contact.external_id ?? contact.id]),
    );
    render(
      html`
        <div class="workspace-bar">
          <div class="field">
            <label for="fault">What goes wrong</label>
            <select id="fault" aria-describedby="fault-about" @change=${({ target }) => store.change({ fault: target.value })}>
              ${SCENARIOS.map((scenario) => html`<option value=${scenario.id} .selected=${live(scenario.id === id)}>${scenario.label}</option>`)}
            </select>
          </div>
          <button type="button" class="button" id="empty-workspace" @click=${onEmpty}>Start anew</button>
        </div>
        <p class="fault-about" id="fault-about">${about}</p>
        ${addition ? html`<p class="fault-about"><button type="button" class="button small" id="add-for-fault" @click=${() => onAdd(addition)}>Add “${addition}”</button></p>` : nothing}
        ${section("Contacts", state.contacts.map(viewOfContact))}
        ${section("Companies", state.companies.map(viewOfCompany))}
        ${section(
          "Events",
          state.events.toReversed().map((event) => viewOfEvent(event, names)),
        )}
      `,
      root,
    );
  }

  function showWaiting(waiting) {
    const due = Math.min(...waiting.map(({ retryAt }) => retryAt)) - now();
    render(
      waiting.length
        ? html`<p>${countOf(waiting.length, "event")} ${waiting.length === 1 ? "waits" : "wait"} to be handed in again.</p>
            <button type="button" class="button small" id="pass-time" @click=${onPass}>Let ${durationInWords(Math.max(due, 0))} pass</button>`
        : nothing,
      waitingBar,
    );
  }

  store.listen((keys) => keys.includes("fault") && show());
  show();
  showWaiting([]);
  return {
    use(next, waiting) {
      state = next;
      show();
      showWaiting(waiting);
    },
  };
}

const section = (title, cards) => html`
  <section class="workspace-section">
    <h3>${title} <span class="count">${cards.length}</span></h3>
    ${cards.length ? html`<ul>${cards.map((card) => html`<li class="messenger-card">${card}</li>`)}</ul>` : html`<p class="messenger-nothing">None.</p>`}
  </section>
`;

const viewOfContact = (contact) => html`
  <p class="messenger-card-title">${contact.name ?? contact.email ?? contact.external_id ?? contact.id}
    <span class="messenger-tag">${contact.role}</span>${contact.status === "live" ? nothing : html`<span class="messenger-tag tag-off">${contact.status}</span>`}</p>
  ${facts({
    ...own(contact),
    ...contact.custom_attributes,
    companies: contact.companies.join(", "),
    events: contact.events.length || undefined,
  })}
`;

const viewOfCompany = (company) => html`
  <p class="messenger-card-title">${company.name ?? company.company_id}</p>
  ${facts({ ...own(company), ...company.custom_attributes })}
`;

const viewOfEvent = ({ name, contact, created_at: at, metadata }, names) => html`
  <p class="messenger-card-title">${name} <time datetime=${new Date(at * 1000).toISOString()}>${time.format(at * 1000)}</time></p>
  ${facts({ contact: names.get(contact), ...metadata })}
`;

const own = (record) => Object.fromEntries(Object.entries(record).filter(([key]) => !LEFT_OUT.test(key)));

const facts = (values) => {
  const shown = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false);
  return html`<dl class="messenger-facts">${shown.map(([key, value]) => html`<div><dt>${key}</dt><dd>${inWords(key, value)}</dd></div>`)}</dl>`;
};

function inWords(key, value) {
  if (typeof value === "number" && /_at$/.test(key)) {
    const date = new Date(value * 1000);
    return Number.isNaN(date.getTime()) ? "no date" : day.format(date);
  }
  if (typeof value !== "object") return String(value);
  if (typeof value.amount === "number" && typeof value.currency === "string") return `${value.amount / 100} ${value.currency}`;
  return JSON.stringify(value);
}
