// What is said of faults, and of each event with the setting `debug`.
import { explain } from "../web/debug-log.js";
import { sentenceOf } from "../web/sentences.js";

(globalThis.intercomDestinationParts ??= {}).sentences = { explain, sentenceOf };
