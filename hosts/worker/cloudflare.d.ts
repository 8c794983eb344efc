// biome-ignore-all lint/suspicious/noExplicitAny: types of all of it are a package of their own.
// What is used of it here; wrangler knows the module itself.
declare module "cloudflare:workers" {
  export class DurableObject {
    constructor(ctx: any, env: any);
    protected ctx: any;
    protected env: any;
  }
  export function waitUntil(work: Promise<unknown>): void;
}
