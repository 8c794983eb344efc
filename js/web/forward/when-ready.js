// When the Messenger is booted, for pages that want to ask something of it.
import { attempt } from "../../engine/values.js";
import { intercom, isHere } from "../page.js";
import { callbacks } from "./callbacks.js";

const LOOK_EVERY = 250;
// How often it is looked before an id counts: the widget's own `ready` comes first where it has one.
const PATIENCE = 8;

let ready;

/** Resolves to `{ visitorId() }`; on a server to nothing. */
export const whenReady = () =>
  (ready ??= new Promise((done) => {
    if (typeof window !== "object") return done(undefined);
    const { visitorId } = callbacks();
    let looks = 0;
    const finish = () => {
      clearInterval(timer);
      done({ visitorId });
    };
    const timer = setInterval(() => {
      if (!isHere()) return;
      if (looks++ === 0) attempt(() => intercom()("ready", finish));
      if (looks > PATIENCE && visitorId()) finish();
    }, LOOK_EVERY);
  }));
