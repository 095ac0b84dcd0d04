import { spawnScript } from "../lib/spawn-script.ts";

spawnScript("examples/dashboard/server/main.ts");
