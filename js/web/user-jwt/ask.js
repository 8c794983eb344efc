// The setting `userJwt`: asks the site for a token of a user, for a bounded time.
import { JWT_WAIT } from "../../limits.js";
import { claimsOf } from "./claims.js";

/**
 * Tells `came(token, expires)`, in milliseconds since 1970, or `came()` when there is none in time; once more for a token that comes
 * later still.
 */
export const ask = ({ userJwt, userId, came }) => {
  const timer = setTimeout(came, JWT_WAIT);
  const take = (token) => {
    clearTimeout(timer);
    if (typeof token === "string" && token) came(token, claimsOf(token).exp * 1000);
    else came();
  };
  // What it fails with may hold a secret.
  Promise.resolve(userId)
    .then(userJwt)
    .then(take, () => take());
};
