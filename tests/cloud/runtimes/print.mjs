// The program for runtimes that have a command line: the task is its one argument.
import process from "node:process";
import { run } from "./program.mjs";

console.log(JSON.stringify(await run(JSON.parse(process.argv[2]))));
