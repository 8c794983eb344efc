export { rudderstack, rudderstack as default } from "../../pkg/intercom-destination.js";
