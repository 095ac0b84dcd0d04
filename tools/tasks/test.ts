import { runParts } from "../lib/run-parts.ts";
import { partsNamed } from "../parts/all.ts";

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith("-"));
const unknown = options.filter((option) => option !== "--strict");
if (unknown.length > 0) throw new Error(`unknown option ${unknown.join(" ")}; use: npm test -- [--strict] [part …]`);
await runParts(partsNamed(args.filter((arg) => !arg.startsWith("-"))), options.includes("--strict"));
