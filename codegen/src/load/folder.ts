import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@kubewright/core";
import type { ApiSource } from "./api-source.ts";
import { groupVersionsOf, type DiscoveryList } from "./discovery.ts";
import type { OpenApiDocument } from "./openapi.ts";

/** Reads a folder as `npm run snapshot` writes it: discovery/ and v3/. */
export function readFolder(folder: string): ApiSource {
  const lists = ["api.json", "apis.json"].map((file) => readJson(join(folder, "discovery", file)) as DiscoveryList);
  const discovered = groupVersionsOf(lists);
  const v3 = join(folder, "v3");
  const files = readdirSync(v3, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".json"))
    .toSorted();
  return {
    discovered,
    groupVersions: discovered,
    documents: new Map(
      files.map((file) => [file.slice(0, -".json".length), readJson(join(v3, file)) as OpenApiDocument]),
    ),
    deprecated: new Map(),
    places: new Map(),
    problems: [],
    hasOperations: true,
  };
}

/** The version of the server that the folder was taken from: `v1.36.3`. */
export function readVersion(folder: string): string {
  return (readJson(join(folder, "version.json")) as { gitVersion: string }).gitVersion;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new InputError("openapi", `${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}
