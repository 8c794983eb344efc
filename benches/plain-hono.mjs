// What the receiver is measured beside: the same HTTP, JSON read, and nothing kept.
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono();
app.post("/events", async (c) => {
  const events = JSON.parse(await c.req.text());
  return c.json({ accepted: Array.isArray(events) ? events.length : 1 });
});
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
