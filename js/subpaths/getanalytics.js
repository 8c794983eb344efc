export { getanalytics, getanalytics as default } from "../../pkg/intercom-destination.js";
