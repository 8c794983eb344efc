export { standalone, standalone as default } from "../types/index.js";
