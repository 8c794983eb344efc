export { rudderstack, rudderstack as default } from "../types/index.js";
