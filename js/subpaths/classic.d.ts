export { classic, classic as default } from "../types/index.js";
