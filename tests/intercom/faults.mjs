// What goes wrong on the way: written down call by call (`faults`), or drawn at random (`faultRates`).
import { answer, errorList, Refusal } from "./answers.mjs";

const statuses = {
  400: ["bad_request", "Bad Request"],
  401: ["unauthorized", "Access Token Invalid"],
  403: ["api_plan_restricted", "Active subscription needed."],
  404: ["not_found", "Resource Not Found"],
  408: ["request_timeout", "Request Timeout"],
  409: ["conflict", "Resource Conflict"],
  422: ["unprocessable_entity", "Unprocessable Entity"],
  429: ["rate_limit_exceeded", "Exceeded rate limit of 1666 in 10_seconds"],
  500: ["server_error", "Server Error"],
  501: ["unsupported", "Not Implemented"],
  502: [],
  503: ["service_unavailable", "Sorry, the API service is temporarily unavailable"],
  504: [],
};

// Always after the write. The other kinds come before it, and after it with "-after".
const answered = ["cut", "slow", "garbage"];

const page = (status) => `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`;

const garbage = [
  (status) => page(`${status} from a proxy`),
  () => "",
  (_, body) => body.slice(0, Math.floor(body.length / 2)),
  () => "null",
  () => "[]",
  () => '"ok"',
  () => '{"type":"contact","id":5,"external_id":{"a":[]},"data":7,"total_count":"many","errors":"none"}',
];

export function createFaults({ now, random, faults, faultRates }) {
  const rules = faults.map(readRule);
  const rates = Object.entries(faultRates).map(([kind, chance]) => ({ ...readKind(kind, `faultRates.${kind}`), chance }));

  function fromRules(call) {
    let found;
    for (const rule of rules) {
      if (!rule.matches(call)) continue;
      // Every matching rule counts the call, so that `nth` means the same whatever other rules do.
      rule.seen += 1;
      if (!found && isDue(rule)) found = rule;
    }
    return found;
  }

  function isDue(rule) {
    if (rule.nth && !rule.nth.includes(rule.seen)) return false;
    if (rule.from !== undefined && now() < rule.from) return false;
    if (rule.until !== undefined && now() >= rule.until) return false;
    return rule.chance === undefined || random() < rule.chance;
  }

  function fromRates() {
    if (rates.length === 0) return undefined;
    let draw = random();
    for (const rate of rates) {
      draw -= rate.chance;
      if (draw < 0) return rate;
    }
    return undefined;
  }

  return {
    pick: (call) => fromRules(call) ?? fromRates(),
    add: (rule) => rules.push(readRule(rule, rules.length)),
    clear: () => {
      rules.length = 0;
      rates.length = 0;
    },

    /** What the caller gets instead of `given`, the answer as it would have been (undefined when nothing was done). */
    distort(fault, given, requestId) {
      if (fault.kind === "reset" || fault.kind === "never") return fault.kind;
      if (fault.kind === "cut") return { ...given, cut: Math.floor(given.body.length / 2), delay: fault.delay };
      if (fault.kind === "slow") return { ...given, delay: fault.delay ?? 30_000 };
      if (fault.kind === "garbage") {
        const make = fault.body === undefined ? garbage[Math.floor(random() * garbage.length)] : () => fault.body;
        return { ...given, body: make(given.status, given.body), delay: fault.delay };
      }
      return failure(fault, requestId);
    },
  };
}

function failure(fault, requestId) {
  const status = Number(fault.kind);
  const [code, message] = statuses[status];
  const headers = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  const made = code
    ? answer(status, errorList(new Refusal(status, code, message), requestId), headers)
    : { status, headers: { "content-type": "text/html", ...headers }, body: page(status) };
  return { ...made, body: fault.body ?? made.body, delay: fault.delay };
}

const ruleKeys = ["match", "kind", "after", "nth", "chance", "from", "until", "delay", "body", "retryAfter"];

function readRule(given, index) {
  for (const key of Object.keys(given)) {
    if (!ruleKeys.includes(key))
      throw new TypeError(`faults[${index}]: unknown key ${JSON.stringify(key)}: expected one of ${ruleKeys.join(", ")}`);
  }
  const kind = readKind(given.kind, `faults[${index}].kind`);
  return {
    ...given,
    ...named(kind.kind, given.after ?? kind.after),
    nth: given.nth === undefined ? undefined : [given.nth].flat(),
    matches: matcher(given.match),
    seen: 0,
  };
}

function readKind(given, place) {
  const text = String(given);
  const kind = text === "lost" ? "reset" : text.replace(/-after$/, "");
  if (!Object.hasOwn(statuses, kind) && !["reset", "never", ...answered].includes(kind)) {
    const kinds = [...Object.keys(statuses), "reset", "never", "lost", ...answered];
    throw new TypeError(
      `${place}: unknown kind ${JSON.stringify(given)}: expected one of ${kinds.join(", ")}, or one of these with "-after"`,
    );
  }
  return named(kind, text !== kind || answered.includes(kind));
}

const named = (kind, after) => ({ kind, after, name: after && !answered.includes(kind) ? `${kind}-after` : kind });

/** By endpoint ("POST /contacts", "PUT /contacts/{id}"), by method and path (a RegExp), or by a function of the call. */
function matcher(match) {
  if (match === undefined) return () => true;
  if (typeof match === "function") return match;
  if (match instanceof RegExp) return ({ method, path }) => match.test(`${method} ${path}`);
  return ({ endpoint }) => endpoint === match;
}
