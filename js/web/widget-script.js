// The widget's script and its queueing stub: adopted when the page has them, else brought in once.

const WIDGET = "https://widget.intercom.io/widget/";

/** A function that keeps its calls in `q` until the widget's script takes them over. */
export const queueingStub = () => {
  const stub = (...args) => stub.c(args);
  stub.q = [];
  stub.c = (args) => stub.q.push(args);
  return stub;
};

let ownNonce;

/** The nonce of scripts whose settings name none. */
export const setNonce = (nonce) => {
  ownNonce = nonce;
};

/** Puts a script before the page's first one, or where there is room. */
export const insert = (script, nonce = ownNonce) => {
  if (nonce) script.nonce = nonce;
  const first = document.getElementsByTagName("script")[0];
  if (first?.parentNode) first.parentNode.insertBefore(script, first);
  else (document.head ?? document.documentElement).appendChild(script);
};

/** The page's own tag for the widget, if it has one. */
const presentScript = () => /** @type {HTMLScriptElement | null} */ (document.querySelector(`script[src^="${WIDGET}"]`));

let policy;

/** Sets a script's address; under Trusted Types through a policy that a site has to allow by this name. */
export const setSource = (script, url) => {
  try {
    policy ??= window.trustedTypes?.createPolicy("intercom-destination", { createScriptURL: (text) => text });
  } catch {
    // The page lists the policies it allows, and this is none of them: a plain text may still do.
  }
  script.src = policy ? policy.createScriptURL(url) : url;
};

/**
 * Puts the widget's script onto the page, unless the page has it already.
 * Calls `settled` once, with nothing when the script has run, or with the likely cause when it cannot, one of those in js/web/sentences.js.
 */
export const insertScript = (appId, nonce, settled) => {
  let violated;
  const watch = (event) => (violated ||= event.blockedURI?.startsWith(WIDGET));
  document.addEventListener("securitypolicyviolation", watch);
  const finish = (cause) => {
    document.removeEventListener("securitypolicyviolation", watch);
    settled(cause && violated ? "policy" : cause);
  };
  // A policy's violation is told after the script's own error.
  const failed = () => setTimeout(finish, 0, navigator.onLine === false ? "offline" : "blocked");
  let script = presentScript();
  const present = !!script;
  try {
    script ??= document.createElement("script");
    script.addEventListener("load", () => finish());
    script.addEventListener("error", failed);
    if (present) return;
    script.async = true;
    setSource(script, WIDGET + encodeURIComponent(appId));
    insert(script, nonce);
  } catch {
    // In whole: these pages do not get the file with the sentences either.
    setTimeout(finish, 0, 'Trusted Types do not allow the policy "intercom-destination"');
  }
};
