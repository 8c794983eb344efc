// One entry of the timeline: the event, which filters matched, the payload, the exact call and what is to be said about it.

import { html, nothing } from "lit-html";
import { paint } from "./paint.js";
import { print } from "./print.js";
import { countOf, describe, titleOf } from "./wording.js";

export const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const SIGNS = { same: " ", added: "+", changed: "~", removed: "−" };
const SPOKEN = { added: "added: ", changed: "changed: ", removed: "left out: " };
const inWords = new Intl.ListFormat("en", { type: "conjunction" });

export const webViewer = { viewOf, inShort };

function inShort(entry) {
  const warnings = entry.problems?.length ? ` ${countOf(entry.problems.length, "remark")}.` : "";
  if (entry.kind === "start") return entry.works ? "" : `The plugin does not run.${warnings}`;
  if (entry.kind === "forwarded") return `From the Messenger: ${entry.event.event}.`;
  const title = entry.kind === "reset" ? "Log out" : `Event ${entry.number}, ${entry.event.type}`;
  const sentences = entry.calls.map(({ call }) => describe(call)).join(" ");
  return `${title}: ${countOf(entry.calls.length, "call")}. ${sentences}${warnings}`;
}

function viewOf(entry) {
  if (entry.kind === "start") return viewOfStart(entry);
  return html`
    <div class="entry-head">
      <span class="entry-number">${entry.number}</span>
      <span class="entry-type">${entry.kind === "reset" ? "reset" : entry.kind === "forwarded" ? "forwarded" : entry.event.type}</span>
      <h3>${entry.kind === "reset" ? "Log out" : titleOf(entry.event)}</h3>
      <time datetime=${entry.at.toISOString()}>${clock.format(entry.at)}</time>
    </div>
    ${VIEWS[entry.kind](entry)}
    ${viewOfProblems(entry.problems)}
  `;
}

function viewOfStart({ isFirst, works, calls, problems, settings }) {
  return html`
    <div class="entry-head">
      <h3>${works ? (isFirst ? "The page loads" : "Settings changed") : "The plugin does not run"}</h3>
    </div>
    ${
      works
        ? html`<details class="part"><summary>${calls.length} calls that start the Messenger</summary>${viewOfCalls(calls)}
          <p class="part-title">Settings handed to the plugin</p>${printed(settings)}</details>`
        : html`<p class="entry-quiet">Events make no call until this is mended.</p>`
    }
    ${viewOfProblems(problems)}
  `;
}

const VIEWS = { event: viewOfEvent, reset: ({ calls }) => viewOfCalls(calls), forwarded: viewOfForwarded };

/** What the loader tracks of the Messenger's. */
function viewOfForwarded({ event }) {
  return html`
    <p class="entry-quiet">From the Messenger to the loader, for all destinations but Intercom.</p>
    <details class="part" open><summary>Properties</summary>${printed(event.properties)}</details>
    <details class="part"><summary>Event</summary>${printed(event)}</details>
  `;
}

function viewOfEvent({ event, steps, idle, calls, works }) {
  const matched = steps.filter((step) => step.matched);
  const others = steps.filter((step) => !step.matched).map(({ name }) => name || "without a name");
  return html`
    <details class="part"><summary>Event</summary>${printed(event)}</details>
    ${matched.map(viewOfStep)}
    ${
      matched.length === 0
        ? html`<p class="outcome outcome-none"><span aria-hidden="true">○</span> ${works ? "No filter matched: Intercom hears nothing." : "The plugin does not run: Intercom hears nothing."}</p>`
        : nothing
    }
    ${viewOfOthers(matched.length ? others : [], idle)}
    ${matched.length && !matched.some((step) => step.made) && calls.length ? viewOfCalls(calls) : nothing}
  `;
}

/** The subscriptions that have no part in an event. */
export const viewOfOthers = (others, idle) => html`
  ${others.length ? html`<p class="entry-quiet">Not matched: ${inWords.format(others)}</p>` : nothing}
  ${idle.broken.length ? html`<p class="entry-quiet">Not running, because of a fault: ${inWords.format(idle.broken)}</p>` : nothing}
  ${idle.off.length ? html`<p class="entry-quiet">Turned off: ${inWords.format(idle.off)}</p>` : nothing}
`;

function viewOfStep(step) {
  const { name, payload, made, isHeldBack, call } = step;
  return html`
    <section class="step">
      <p class="outcome"><span aria-hidden="true">✓</span> <strong>${name || "A subscription"}</strong> matched</p>
      ${payload === undefined ? nothing : html`<details class="part"><summary>Payload</summary>${printed(payload)}</details>`}
      ${made ? viewOfCall(made) : nothing}
      ${
        isHeldBack
          ? html`<p class="held"><strong>Held back.</strong> This ${call[0]} says the same as the last one, less than a minute ago on the
            same page. Intercom would drop it.</p>`
          : nothing
      }
      ${!made && !isHeldBack ? html`<p class="entry-quiet">It makes no call.</p>` : nothing}
    </section>
  `;
}

const viewOfCalls = (calls) => html`${calls.map(viewOfCall)}`;

const nothingNew = ([method]) => (method === "update" ? "Nothing in it is new to Intercom." : `The same as the last ${method}.`);

function viewOfCall({ call, lines, isFirst }) {
  const changes = lines.filter(({ mark }) => mark !== "same").length;
  return html`
    <p class="meaning">${describe(call)}</p>
    <pre class="code call"><code>${lines.map(viewOfLine)}</code></pre>
    ${isFirst || changes ? nothing : html`<p class="entry-quiet">${nothingNew(call)}</p>`}
  `;
}

function viewOfLine({ text, mark, was }) {
  const spoken = SPOKEN[mark] ? html`<span class="unseen">${SPOKEN[mark]}</span>` : nothing;
  return html`<span class="line line-${mark}">${spoken}<span class="sign" aria-hidden="true">${SIGNS[mark]}</span><span
    class="line-text">${paint(text)}${was === undefined ? nothing : html`<span class="was"> was ${was}</span>`}</span>
</span>`;
}

export function viewOfProblems(problems) {
  if (!problems?.length) return nothing;
  return html`<ul class="remarks">
    ${problems.map(
      ({ severity, sentence, code }) =>
        html`<li class="remark remark-${severity}"><strong>${severity === "warning" ? "Warning" : "Fault"}</strong> ${sentence}
          <code>${code}</code></li>`,
    )}
  </ul>`;
}

export function printed(value) {
  return html`<pre class="code" tabindex="0" role="group" aria-label="JSON"><code>${paint(print(value))}</code></pre>`;
}
