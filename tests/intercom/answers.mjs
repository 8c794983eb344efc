// The form that every answer of Intercom's REST API has, and the errors that several endpoints share.

/** Thrown by an endpoint to answer with an `error.list`. */
export class Refusal extends Error {
  constructor(status, code, message, { field = null, headers = {} } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.headers = headers;
  }
}

export const notFound = (what) => new Refusal(404, "not_found", `${what} Not Found`);
export const invalid = (message, field) => new Refusal(400, "parameter_invalid", message, { field });
export const missing = (message, field) => new Refusal(400, "parameter_not_found", message, { field });

export function errorList(refusal, requestId) {
  return {
    type: "error.list",
    request_id: requestId,
    errors: [{ code: refusal.code, message: refusal.message, field: refusal.field }],
  };
}

export function answer(status, body, headers = {}) {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: body === undefined ? "" : JSON.stringify(body),
  };
}

/** A list that a contact's own answer carries, with the address of the full one. */
export function addressableList(url, entries, type) {
  return {
    type: "list",
    data: entries.slice(0, 10).map((id) => ({ type, id, url: `/${type === "tag" ? "tags" : "companies"}/${id}` })),
    url,
    total_count: entries.length,
    has_more: entries.length > 10,
  };
}
