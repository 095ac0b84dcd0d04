// The program in a worker thread, which must end by itself.
import { once } from "node:events";
import { Worker } from "node:worker_threads";

const worker = new Worker(new URL("main.mjs", import.meta.url), { argv: process.argv.slice(2), stdout: true });
let text = "";
worker.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
const [code] = await once(worker, "exit");
console.log(text.trim());
process.exitCode = code;
