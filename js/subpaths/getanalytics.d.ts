export { getanalytics, getanalytics as default } from "../types/index.js";
