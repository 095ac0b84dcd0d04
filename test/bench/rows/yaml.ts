import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { inRoot } from "../../../tools/lib/root.ts";
import { buildGo } from "../../support/build-go.ts";
import type { Bench } from "../bench.ts";
import { runOnce } from "../contestants.ts";
import { definitions } from "../definitions.ts";
import { times, type Row } from "../row.ts";
import { interleave, median } from "../statistics.ts";

/** Milliseconds of wall and of CPU time for the whole text. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

const run = promisify(execFile);

/** Definitions in YAML become objects: ours, client-node's and kubectl's reader, and js-yaml 4 below ours. */
export async function yamlRow({ installed, quick, say }: Bench): Promise<Row> {
  say("reading definitions in YAML");
  const text = definitions();
  const file = join(installed.ours, "definitions.yaml");
  writeFileSync(file, text);
  const go = join(installed.ours, "kubectl-reader");
  await buildGo(inRoot("test", "fixtures", "go"), go);
  const count = quick ? "3" : "10";
  const read = (folder: string, module: string, name: string) => () =>
    runOnce<Cost>({ folder, module }, "yaml.mjs", [file, module, name, count]);
  const costs = await interleave<Cost>(quick ? 1 : 7, {
    ours: read(installed.ours, "kubewright", "parseManifest"),
    jsYaml: read(installed.ours, "js-yaml", "loadAll"),
    clientNode: read(installed.clientNode, "@kubernetes/client-node", "loadAllYaml"),
    go: async () => JSON.parse((await run(go, ["measure", file, count])).stdout) as Cost,
  });
  const megabytes = Buffer.byteLength(text) / 1e6;
  const speed = (name: string, of: keyof Cost): number =>
    megabytes / (median((costs[name] ?? []).map((cost) => cost[of])) / 1000);
  const shown = (name: string): string =>
    `${speed(name, "wall").toFixed(0)} MB/s (${speed(name, "cpu").toFixed(0)} by CPU)`;
  const beside = (name: string): string => times(speed("ours", "cpu") / speed(name, "cpu"));
  return {
    what: `reading ${megabytes.toFixed(1)} MB of definitions in YAML`,
    clientNode: shown("clientNode"),
    floor: `js-yaml 4: ${shown("jsYaml")}; kubectl's reader in Go: ${shown("go")}`,
    ours: shown("ours"),
    aim: "≥ 20 MB/s",
    measured: `${shown("ours")}; by CPU ${beside("jsYaml")} js-yaml, ${beside("go")} Go`,
    reached: speed("ours", "wall") >= 20,
    detail: costs,
  };
}
