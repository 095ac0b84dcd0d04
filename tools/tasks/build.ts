import { runParts } from "../lib/run-parts.ts";
import { build } from "../parts/build.ts";

await runParts([build], true);
