import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../../tools/lib/root.ts";
import { tsc } from "../../../tools/lib/run.ts";
import type { Bench } from "../bench.ts";
import type { Row } from "../row.ts";
import { interleave, median } from "../statistics.ts";

/** What the same compiler takes for a program of five lines with each contestant. */
export async function compileRow({ installed, quick, say }: Bench): Promise<Row> {
  say("tsc");
  const results = await interleave(quick ? 2 : 9, {
    ours: () => compile(installed.ours, "kubewright.ts"),
    clientNode: () => compile(installed.clientNode, "client-node.ts"),
    floor: () => compile(installed.floor, "floor.ts"),
  });
  const seconds = (name: string): number => median(results[name]!) / 1000;
  const text = (name: string): string => `${seconds(name).toFixed(2)} s`;
  return {
    what: "tsc on a program of five lines",
    clientNode: text("clientNode"),
    floor: text("floor"),
    ours: text("ours"),
    aim: "≤ 0.35 s",
    measured: text("ours"),
    reached: seconds("ours") <= 0.35,
    detail: { ours: seconds("ours"), clientNode: seconds("clientNode"), floor: seconds("floor") },
  };
}

async function compile(folder: string, program: string): Promise<number> {
  const config = join(folder, "tsconfig.json");
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: "es2022",
    module: "nodenext",
    types: ["node"],
    typeRoots: [inRoot("node_modules", "@types")],
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [program] }));
  const started = performance.now();
  const { code, output } = await tsc(["-p", config, "--pretty", "false"]);
  const wall = performance.now() - started;
  if (code !== 0) throw new Error(`tsc on ${program}:\n${output}`);
  return wall;
}
