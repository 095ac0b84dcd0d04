import { spawnOnControlPlane } from "../lib/spawn-script.ts";

// Histories, unless the first argument names another.
const others: Readonly<Record<string, string>> = {
  streams: "test/streams/soak.ts",
  logs: "test/streams/soak-logs.ts",
  pages: "test/proxy/load/soak.ts",
};
const other = others[process.argv[2] ?? ""];
if (other !== undefined) process.argv.splice(2, 1);
spawnOnControlPlane(
  other ?? "test/history/soak.ts",
  (why) => `npm run soak needs the real control plane, which cannot run here: ${why}.`,
);
