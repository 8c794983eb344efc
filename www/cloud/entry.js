// One entry of the timeline in Cloud mode: the event, which filters matched, each request with its answer, the waits in between, and what
// became of the event.

import { html, nothing } from "lit-html";
import { clock, printed, viewOfOthers, viewOfProblems } from "../entry.js";
import { countOf, titleOf } from "../wording.js";
import { durationInWords } from "./duration.js";

export const cloudViewer = { viewOf, inShort };

// Shorter ones are those of the network.
const WORTH_TELLING = 500;

const OUTCOMES = { delivered: ["✓", "Delivered"], retry: ["↻", "Waits"], dropped: ["✕", "Dropped"] };

function viewOf(entry) {
  if (entry.kind === "start") return viewOfStart(entry);
  const { number, event, at, isAgain } = entry;
  return html`
    <div class="entry-head">
      <span class="entry-number">${number}</span>
      <span class="entry-type">${event.type}</span>
      <h3>${titleOf(event)}${isAgain ? html` <span class="again">again</span>` : nothing}</h3>
      <time datetime=${at.toISOString()}>${clock.format(at)}</time>
    </div>
    ${viewOfEvent(entry)}
    ${viewOfProblems(entry.problems)}
  `;
}

const viewOfStart = ({ works, isFirst, isNew, settings, problems }) => html`
  <div class="entry-head">
    <h3>${works ? (isNew ? (isFirst ? "Cloud mode starts" : "A new workspace") : "Settings changed") : "Cloud mode does not run"}</h3>
  </div>
  ${
    works
      ? html`<details class="part"><summary>Settings handed to createCloud</summary>${printed(settings)}</details>`
      : html`<p class="entry-quiet">No event is delivered until this is mended.</p>`
  }
  ${viewOfProblems(problems)}
`;

function viewOfEvent({ event, steps, idle, works, exchanges, startedAt, endedAt, outcome }) {
  const matched = steps.filter((step) => step.matched);
  const others = steps.filter((step) => !step.matched).map(({ name }) => name || "without a name");
  return html`
    <details class="part"><summary>Event</summary>${printed(event)}</details>
    ${matched.map(viewOfStep)}
    ${
      matched.length === 0 && exchanges.length === 0
        ? html`<p class="outcome outcome-none"><span aria-hidden="true">○</span> ${works ? "No filter matched: nothing is sent." : "Cloud mode does not run: nothing is sent."}</p>`
        : nothing
    }
    ${viewOfOthers(matched.length ? others : [], idle)}
    ${
      exchanges.length
        ? html`<ol class="exchanges" aria-label="Requests and answers">${exchanges.map((exchange, index) => viewOfExchange(exchange, exchanges[index - 1], startedAt))}</ol>`
        : nothing
    }
    ${outcome && outcome.code !== "not_subscribed" ? viewOfOutcome(outcome, endedAt, endedAt - startedAt) : nothing}
  `;
}

const viewOfStep = ({ name, payload }) => html`
  <section class="step">
    <p class="outcome"><span aria-hidden="true">✓</span> <strong>${name || "A subscription"}</strong> matched</p>
    ${payload === undefined ? nothing : html`<details class="part"><summary>Payload</summary>${printed(payload)}</details>`}
  </section>
`;

function viewOfExchange(exchange, last, startedAt) {
  const { method, path, body } = exchange;
  const waited = exchange.startedAt - (last?.endedAt ?? startedAt);
  return html`
    <li>
      ${waited >= WORTH_TELLING ? html`<p class="waited">Waited ${durationInWords(waited)}${reasonOf(last)}</p>` : nothing}
      <div class="exchange">
        <div class="request">
          <p class="exchange-head"><span class="method">${method}</span> <span class="path">${decodeURIComponent(path)}</span></p>
          ${body === undefined ? nothing : printed(body)}
        </div>
        <div class="answer">${viewOfAnswer(exchange)}</div>
      </div>
    </li>
  `;
}

function viewOfAnswer({ status, answer, isLost, isWritten }) {
  if (isLost) {
    return html`<p class="exchange-head"><span class="code-of code-of-bad">No answer</span></p>
      <p class="entry-quiet">The connection broke. ${isWritten ? "Intercom has written it all the same." : "Nothing was written."}</p>`;
  }
  const kind = status < 300 ? "good" : status < 500 && status !== 429 ? "warn" : "bad";
  return html`<p class="exchange-head"><span class="code-of code-of-${kind}">${status}</span> ${meaningOf(answer)}</p>
    ${answer === undefined ? nothing : html`<details class="part"><summary>Body</summary>${printed(answer)}</details>`}`;
}

function meaningOf(answer) {
  switch (answer?.type) {
    case "error.list":
      return answer.errors.map(({ message, code }) => message ?? code).join("; ");
    case "list":
      return answer.total_count === undefined ? "A list" : `${answer.total_count} found`;
    case "contact":
      return `${answer.deleted ? "Deleted contact" : "Contact"} ${answer.id}`;
    case "company":
      return `Company ${answer.id}`;
    default:
      return answer === undefined ? "Accepted" : "";
  }
}

function reasonOf(last) {
  if (!last) return "";
  if (last.isLost) return ", as no answer came";
  if (last.status === 429) return ", until the limit’s next window";
  return last.status >= 300 ? `, after the answer ${last.status}` : "";
}

function viewOfOutcome({ status, code, message, retryAt }, endedAt, took) {
  const [sign, word] = OUTCOMES[status];
  return html`
    <p class="outcome outcome-${status}"><span aria-hidden="true">${sign}</span> <strong>${word}</strong>${
      status === "retry" ? ` ${durationInWords(retryAt - endedAt)}, then it is handed in again` : ""
    }${took >= WORTH_TELLING ? html` <span class="took">after ${durationInWords(took)}</span>` : nothing}</p>
    ${message ? html`<p class="entry-quiet">${message} <code>${code}</code></p>` : nothing}
  `;
}

/** What became of an event, in short. */
export function outcomeOf({ exchanges, outcome, startedAt, endedAt }) {
  if (!outcome) return "Not sent: Cloud mode does not run.";
  const waited = endedAt - startedAt >= WORTH_TELLING ? ` in ${durationInWords(endedAt - startedAt)}` : "";
  const words = { delivered: "delivered", retry: "waits", dropped: "dropped" };
  return `${countOf(exchanges.length, "request")}${waited}: ${words[outcome.status]}.`;
}

function inShort(entry) {
  const remarks = entry.problems.length ? ` ${countOf(entry.problems.length, "remark")}.` : "";
  if (entry.kind === "start") return entry.works ? "" : `Cloud mode does not run.${remarks}`;
  return `Event ${entry.number}, ${entry.event.type}: ${outcomeOf(entry)}${remarks}`;
}
