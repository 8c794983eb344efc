// A request that is refused: an Error with a status, a stable code and a sentence without personal data.

/** `path` says where in the body: `[3]`, or `[3].properties`. `headers` go out with the answer. */
export const refusal = (status, code, sentence, { path = undefined, headers = {} } = {}) =>
  Object.assign(new Error(sentence), { name: "Refusal", status, code, path, headers });

/** What is answered: `{ error: { code, message, path? } }`. */
export const told = ({ code, message, path }) => ({ error: { code, message, ...(path && { path }) } });
