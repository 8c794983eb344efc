export { classic, classic as default } from "../../pkg/intercom-destination.js";
