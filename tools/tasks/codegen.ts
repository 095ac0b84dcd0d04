import { spawnScript } from "../lib/spawn-script.ts";

spawnScript("codegen/src/regenerate.ts");
