import { runParts } from "../lib/run-parts.ts";
import { partsNamed } from "../parts/all.ts";
import type { Part } from "../parts/part.ts";

const args = process.argv.slice(2);
const parts = chosen(args);
if (typeof parts === "string") {
  console.error(`${parts}\nuse: npm test -- [--strict] [part …]`);
  process.exitCode = 1;
} else {
  await runParts(parts, args.includes("--strict"));
}

/** The parts to run, or what is wrong with the arguments. */
function chosen(args: readonly string[]): readonly Part[] | string {
  const unknown = args.filter((arg) => arg.startsWith("-") && arg !== "--strict");
  if (unknown.length > 0) return `unknown option ${unknown.join(" ")}`;
  return partsNamed(args.filter((arg) => !arg.startsWith("-")));
}
