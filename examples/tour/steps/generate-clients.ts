import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { findDrift, generate, readCluster, writeFiles } from "@kubewright/codegen";
import type { Cluster } from "kubewright";
import { call, done, heading, line } from "../print.ts";
import type { Tour } from "../tour.ts";
import type * as generated from "../gen/tour.kubewright.dev/v1.ts";
import { group } from "./define-resource.ts";

/** The generated module; its types come from a copy of the same module, which a test compares with what is generated. */
export type GeneratedModule = typeof generated;

/** Generates typed clients of everything the server serves and imports the one of the custom resource. */
export async function generateClients({ cluster, folder }: Tour): Promise<GeneratedModule> {
  heading("Typed clients, generated from the live server");

  await untilDescribed(cluster);
  call("const { files } = await generate(await readCluster(read, (all) => all))");
  const started = performance.now();
  const { files } = await generate(
    await readCluster(
      (path, accept) => readJson(cluster, path, accept),
      (all) => all,
    ),
  );
  writeFiles(folder, files, findDrift(folder, files, ["."]));
  done(
    `${files.size} modules in ${((performance.now() - started) / 1000).toFixed(1)} s, as npx @kubewright/codegen writes them`,
  );

  const path = join(folder, group, "v1.ts");
  line(`${group}/v1.ts:`);
  for (const text of interfaceOf(readFileSync(path, "utf8"), "LighthouseSpec")) line(`  ${text}`);
  return (await import(pathToFileURL(path).href)) as GeneratedModule;
}

/** The server describes a new custom resource a moment after it serves it. */
async function untilDescribed(cluster: Cluster): Promise<void> {
  for (const until = performance.now() + 20_000; performance.now() < until;) {
    const { paths } = (await readJson(cluster, "/openapi/v3", "application/json")) as {
      paths: Record<string, unknown>;
    };
    if (`apis/${group}/v1` in paths) return;
    await setTimeout(100);
  }
  throw new Error(`/openapi/v3 has no ${group}/v1 after 20 seconds`);
}

async function readJson(cluster: Cluster, path: string, accept: string): Promise<unknown> {
  return (await cluster.request({ path, headers: { accept } })).json();
}

function interfaceOf(module: string, name: string): readonly string[] {
  const lines = module.split("\n");
  const start = lines.findIndex((text) => text.startsWith(`export interface ${name} `));
  return lines.slice(start, lines.indexOf("}", start) + 1);
}
