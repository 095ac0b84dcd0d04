import { runParts } from "../lib/run-parts.ts";
import { docs } from "../parts/docs.ts";

await runParts([docs], true);
