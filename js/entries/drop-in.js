// The drop-in script: one file from any URL, which a loader finds under this name.
import { intercomDestination } from "../web/public.js";
import { loadPartsWith } from "../engine/lazy-files.js";
import { insert, setNonce, setSource } from "../web/widget-script.js";

const own = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const ownUrl = own?.src;
setNonce(own?.nonce);

loadPartsWith(
  (file, nonce) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = () => reject(new Error("blocked_file"));
      setSource(script, new URL(file, ownUrl).href);
      insert(script, nonce);
    }),
);

// A function that is called with `new` is no class to TypeScript.
window.intercomDestination = /** @type {any} */ (intercomDestination);
