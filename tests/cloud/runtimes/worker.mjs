// The program as a Cloudflare Worker.
import { run } from "./program.mjs";

export default {
  async fetch(request) {
    return Response.json(await run(await request.json()));
  },
};
