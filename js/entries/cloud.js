// Cloud mode, for servers: `import { createCloud } from "intercom-destination/cloud"`.
export { createCloud } from "../cloud/cloud.js";
export { version } from "../version.js";
