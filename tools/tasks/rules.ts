import { writeFileSync } from "node:fs";
import { inRoot } from "../lib/root.ts";
import { runParts } from "../lib/run-parts.ts";
import { rules } from "../parts/rules.ts";
import { currentNames } from "../rules/exported-names.ts";
import { readRepo } from "../rules/repo.ts";

if (process.argv.includes("--update")) {
  writeFileSync(inRoot("tools", "rules", "exported-names.json"), currentNames(readRepo()));
}
await runParts([rules], true);
