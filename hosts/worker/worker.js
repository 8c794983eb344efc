// Cloud mode in Cloudflare Workers: the receiver puts events into a queue, the queue's consumer hands them to the workspace's object.
import { waitUntil } from "cloudflare:workers";
import { createReceiver } from "../receiver/app.js";
import { told } from "../receiver/refusal.js";
import { consume } from "./consumer.js";
import { MOST_EVENT_BYTES } from "./limits.js";
import { createCounter, render } from "./metrics.js";
import { sendAll } from "./producer.js";
import { lanesOf, log, workspaceOf } from "./workspaces.js";

export { Workspace } from "./workspace.js";

let app;

const backlog = async (env) => {
  const { backlogCount: depth, oldestMessageTimestamp: oldest } = await env.EVENTS.metrics();
  return { depth, age: depth > 0 && oldest ? Math.max(Date.now() - +oldest, 0) / 1000 : 0 };
};

const health = async (env) => {
  try {
    const [state, queue] = await Promise.all([workspaceOf(env, 0).health(), backlog(env)]);
    return { ...state, depth: queue.depth };
  } catch {
    return { ok: false };
  }
};

const metrics = async (env) => {
  const snapshots = await Promise.all(Array.from({ length: lanesOf(env) }, (_, lane) => workspaceOf(env, lane).snapshot()));
  return render(snapshots, await backlog(env).catch(() => undefined));
};

const open = (env) => {
  const queue = { send: (events) => sendAll(env.EVENTS, events), health: () => health(env) };
  const count = createCounter((counts) => waitUntil(counts.then((known) => workspaceOf(env, 0).count(known))));
  return createReceiver({
    secrets: { authorization: env.AUTHORIZATION, signing: env.SIGNING_SECRET },
    queue,
    limits: { eventBytes: MOST_EVENT_BYTES },
    metrics: { count, render: () => metrics(env) },
    log,
  });
};

export default {
  fetch(request, env, context) {
    try {
      app ??= open(env);
    } catch (error) {
      log("error", error.message, { code: error.code });
      return Response.json(told(error), { status: 503 });
    }
    return app.fetch(request, env, context);
  },

  queue: consume,
};
