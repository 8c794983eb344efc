export { standalone, standalone as default } from "../../pkg/intercom-destination.js";
