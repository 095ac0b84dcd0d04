import { spawnScript } from "../lib/spawn-script.ts";

spawnScript("codegen/src/cli.ts");
