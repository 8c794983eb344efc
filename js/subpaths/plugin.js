export { plugin, plugin as default } from "../../pkg/intercom-destination.js";
