// Cloud mode, for servers: `import { createCloud } from "intercom-destination/cloud"`.
export { createCloud } from "../cloud/cloud.js";
export { createCloudInspector } from "../cloud/inspector.js";
export { version } from "../version.js";
