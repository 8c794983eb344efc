// What a JWT says, which anyone can read; only Intercom can tell whether it is right.
import { attempt } from "../../engine/values.js";

/** The payload of a token as an object; an empty one if the token cannot be read. */
export const claimsOf = (token) => {
  const claims = attempt(() => {
    const bytes = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(decodeURIComponent(bytes.replace(/[^]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`)));
  });
  return Object(claims) === claims ? claims : {};
};

// What the Messenger does and what proves the user is no attribute of theirs.
const NO_ATTRIBUTES = /^(user_id|intercom_user_jwt|user_hash|hide_default_launcher|widget|language_override)$/;

/** The attributes of an update that its token does not carry: where a workspace requires verified updates, Intercom ignores them. */
export const unproven = (attributes) => {
  const token = attributes?.intercom_user_jwt;
  if (typeof token !== "string") return [];
  const claims = claimsOf(token);
  return Object.keys(attributes).filter((key) => attributes[key] !== undefined && !(key in claims) && !NO_ATTRIBUTES.test(key));
};
