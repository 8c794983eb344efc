export { createCloud } from "../../js/cloud/cloud.js";
