// The receiver's HTTP side, for Node and for Workers: it takes events from webhooks and answers when the queue has them.
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { checkType, LIMITS, readEvents, tooLarge } from "./body.js";
import { refusal, told } from "./refusal.js";
import { authorizer, signatures } from "./secrets.js";

const METHODS = ["POST", "PUT", "PATCH"];

/**
 * @typedef {object} ReceiverOptions
 * @property {object} secrets
 * @property {string | string[] | false} [secrets.authorization] What the header `Authorization` has to be; `false` turns it off.
 * @property {string | string[]} [secrets.signing] The secret of `X-Signature`. None: signatures are not looked at.
 * @property {object} queue
 * @property {(events: object[]) => Promise<unknown>} queue.send Resolves when the events are kept.
 * @property {() => Promise<{ ok: boolean }>} [queue.health] For `/health`.
 * @property {Partial<typeof LIMITS>} [limits]
 * @property {object} [metrics]
 * @property {(name: "received" | "requests", labels: object, by: number) => void} metrics.count Events; requests by `code`.
 * @property {() => Promise<{ type: string, body: string }>} [metrics.render] For `/metrics`, which is not there without it.
 * @property {(level: "error" | "warn" | "info", message: string, fields: object) => void} [log] Nothing of an event is in it.
 */

/**
 * A hono app with `/events`, `/health` and `/metrics`.
 *
 * @param {ReceiverOptions} options
 */
export const createReceiver = ({ secrets, queue, limits: given = {}, metrics, log }) => {
  const limits = { ...LIMITS, ...given };
  const authorize = authorizer(secrets.authorization);
  const verify = signatures(secrets.signing);
  const app = new Hono();
  const only = (methods) => () => {
    throw refusal(405, "method_wrong", `expected ${methods.join(", ")}`, { headers: { Allow: methods.join(", ") } });
  };

  const keep = async (events) => {
    try {
      await queue.send(events);
    } catch (error) {
      log?.("error", "The queue did not take events", { code: error?.code, name: error?.name, events: events.length });
      throw refusal(503, "queue_unavailable", "The events are not kept: send them again", { headers: { "Retry-After": "5" } });
    }
  };

  // Before the body is read: who does not know the secret costs nothing more.
  app.on(METHODS, "/events", async (c, next) => {
    await authorize(c.req.header("authorization"));
    checkType(c.req.header("content-type"), c.req.header("content-encoding"));
    await next();
  });
  const refuseLarge = () => {
    throw tooLarge(limits.bodyBytes);
  };
  app.on(METHODS, "/events", bodyLimit({ maxSize: limits.bodyBytes, onError: refuseLarge }), async (c) => {
    const body = await c.req.text();
    const { events, first } = readEvents(body, limits);
    await verify(c.req.header("x-signature"), body, first);
    if (events.length > 0) await keep(events);
    metrics?.count("received", {}, events.length);
    metrics?.count("requests", { code: "accepted" }, 1);
    return c.json({ accepted: events.length });
  });
  app.all("/events", only(METHODS));

  app.get("/health", async (c) => {
    const health = (await queue.health?.()) ?? { ok: true };
    return c.json(health, health.ok ? 200 : 503);
  });
  app.all("/health", only(["GET"]));

  if (metrics?.render) {
    app.get("/metrics", async (c) => {
      await authorize(c.req.header("authorization"));
      const { type, body } = await metrics.render();
      return c.body(body, 200, { "Content-Type": type });
    });
    app.all("/metrics", only(["GET"]));
  }

  app.notFound((c) => c.json(told(refusal(404, "path_unknown", "expected /events, /health or /metrics")), 404));
  app.onError((/** @type {any} */ error, c) => {
    const isOurs = error.name === "Refusal";
    if (!isOurs) log?.("error", "A request failed", { name: error?.name });
    const answer = isOurs ? error : refusal(500, "receiver_fault", "The receiver failed");
    if (c.req.path === "/events") metrics?.count("requests", { code: answer.code }, 1);
    return c.json(told(answer), answer.status, answer.headers);
  });
  return app;
};
