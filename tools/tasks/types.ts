import { runParts } from "../lib/run-parts.ts";
import { types } from "../parts/types.ts";

await runParts([types], true);
