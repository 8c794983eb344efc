export { plugin, plugin as default } from "../types/index.js";
