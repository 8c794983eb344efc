// A caller for tests of the stand-in itself: a workspace with a clock, and calls that answer at once.
import { createClock } from "./clock.mjs";
import { createIntercom } from "./intercom.mjs";

export function openWorkspace(options = {}) {
  const clock = createClock();
  const intercom = createIntercom({ now: clock.now, ...options });

  /** Status, headers and the read body of one call; "reset" or "never" as they are. */
  function call(method, path, body, headers = {}) {
    const answer = intercom.handle({
      method,
      path,
      headers: { authorization: "Bearer secret", accept: "application/json", "content-type": "application/json", ...headers },
      body: body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body),
    });
    if (typeof answer === "string") return answer;
    const isJson = answer.headers["content-type"]?.startsWith("application/json") && answer.body !== "";
    return { ...answer, text: answer.body, body: isJson ? readJson(answer.body) : answer.body };
  }

  return {
    clock,
    intercom,
    call,
    /** The body of a call that has to succeed. */
    done(method, path, body, headers) {
      const { status, body: answer, text } = call(method, path, body, headers);
      if (status >= 300) throw new Error(`${method} ${path} got ${status}: ${text}`);
      return answer;
    },
    /** Status and first error of a call that has to be refused. */
    refused(method, path, body, headers) {
      const { status, body: answer } = call(method, path, body, headers);
      if (status < 300) throw new Error(`${method} ${path} got ${status}`);
      return { status, code: answer.errors[0].code, message: answer.errors[0].message };
    },
    search: (field, value) => call("POST", "/contacts/search", { query: { field, operator: "=", value } }).body,
  };
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const user = (id, more) => ({ role: "user", external_id: id, ...more });
export const lead = (email, more) => ({ role: "lead", email, ...more });
