import { runParts } from "../lib/run-parts.ts";
import { lint } from "../parts/lint.ts";

await runParts([lint], true);
