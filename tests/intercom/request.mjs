// What is read of a request before an endpoint sees it.
import { invalid, missing, Refusal } from "./answers.mjs";

export function refuseMediaType(headers, body) {
  const accept = header(headers, "accept");
  const type = header(headers, "content-type");
  const isAccepted = accept === undefined || /application\/(\*|json)|\*\/\*/.test(accept);
  if (isAccepted && (!body || /^application\/json\b/.test(type ?? ""))) return;
  throw new Refusal(406, "media_type_not_acceptable", "The Accept and Content-Type headers should be application/json");
}

export function readBody(text) {
  if (!text) return {};
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid("The request body is not JSON");
  }
  if (body === null || typeof body !== "object" || Array.isArray(body)) throw missing("The request body is not an object");
  return body;
}

/** From a plain object with names in any case, or of a `Headers`. */
export function header(headers, name) {
  if (typeof headers.get === "function") return headers.get(name) ?? undefined;
  const found = Object.keys(headers).find((one) => one.toLowerCase() === name);
  return found === undefined ? undefined : String(headers[found]);
}
