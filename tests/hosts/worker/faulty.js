// The Worker, with faults of Cloudflare's: consumers and objects that end before or after their work, and a dead-letter queue that is away.
import worker, { Workspace as Working } from "../../../hosts/worker/worker.js";

export * from "../../../hosts/worker/worker.js";

const calls = {};

/** Whether it is this call's turn, of every `every`; without it, never. */
const fails = (what, every) => every !== undefined && (calls[what] = (calls[what] ?? 0) + 1) % every === 0;

// What is counted outlives objects, as it belongs to the isolate.
const faults = { consumer: 0, object: 0, dead: 0 };

export class Workspace extends Working {
  async deliver(lane, entries) {
    const given = this.env.TEST;
    if (fails("objectBefore", given.objectBefore)) this.end();
    const outcomes = await super.deliver(lane, entries);
    if (fails("objectAfter", given.objectAfter)) this.end();
    return outcomes;
  }

  /** All that is in its memory is lost. */
  end() {
    faults.object++;
    this.ctx.abort("a fault of the test's");
    throw new Error("a fault of the test's");
  }
}

let deadFaults;

const deadQueue = ({ DEAD, TEST }) => ({
  sendBatch(messages) {
    deadFaults ??= TEST.dead ?? 0;
    if (deadFaults-- > 0) {
      faults.dead++;
      throw new Error("a fault of the test's");
    }
    return DEAD.sendBatch(messages);
  },
});

const endObjects = async ({ WORKSPACE, LANES }) => {
  for (let lane = 0; lane < LANES; lane++)
    await WORKSPACE.getByName(String(lane))
      .end()
      .catch(() => {});
};

const paths = {
  "/faults": () => Response.json(faults),
  "/end": async (env) => {
    await endObjects(env);
    return new Response();
  },
};

export default {
  fetch(request, env, context) {
    const own = paths[new URL(request.url).pathname];
    return own ? own(env) : worker.fetch(request, env, context);
  },

  async queue(batch, env) {
    const given = env.TEST;
    const end = () => {
      faults.consumer++;
      throw new Error("a fault of the test's");
    };
    if (fails("consumerBefore", given.consumerBefore)) end();
    await worker.queue(batch, { ...env, EVENTS: env.EVENTS, WORKSPACE: env.WORKSPACE, DEAD: deadQueue(env) });
    if (fails("consumerAfter", given.consumerAfter)) end();
  },
};
