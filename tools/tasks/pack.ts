import { runParts } from "../lib/run-parts.ts";
import { build } from "../parts/build.ts";
import { pack } from "../parts/pack.ts";

await runParts([build, pack], true);
