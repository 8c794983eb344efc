// In the place of Intercom's own script: takes over what waits, and tells of every call that it hears.

import { createMessenger } from "../messenger.js";
import { createPanel } from "../panel.js";
import { describe } from "../wording.js";

const waiting = window.Intercom?.q?.splice(0) ?? [];
const root = document.createElement("aside");
root.ariaLabel = "The shop’s Messenger";
document.body.append(root);

const messenger = createMessenger({ page: window, draw: (...args) => draw(...args) });
const draw = createPanel(root, { onToggle: messenger.toggle, onClose: messenger.close });
// The page around this one has a Messenger, too.
root.querySelector(".messenger-body").ariaLabel = "What Intercom knows of the shop’s visitor";
// By this name the plugin knows that Intercom's launcher is there.
root.querySelector(".messenger-launcher").classList.add("intercom-launcher");

messenger.listen((call) => {
  const [method, name] = call;
  window.visit.record("call", { text: `${method}: ${describe(call)}`, event: method === "trackEvent" ? name : undefined });
});
window.Intercom = messenger.Intercom;
for (const call of waiting) messenger.Intercom(...call);
