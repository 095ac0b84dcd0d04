import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "./capture.ts";
import { stableJson } from "./stable-json.ts";

/** The folder that holds the snapshot. */
export const snapshotFolder: string = dirname(fileURLToPath(import.meta.url));

export const SOURCE_FILE = "SOURCE.json";

/** Where the snapshot came from. */
export interface Source {
  /** gitVersion of the API server. */
  readonly server: string;
  /** File name under openapi/ → sha256 of its bytes in hex. */
  readonly files: Readonly<Record<string, string>>;
}

/** The provenance file's text. */
export function describeSource(server: string, files: Files): string {
  const hashes = [...files].map(([name, text]): [string, string] => [name, sha256(text)]);
  return stableJson({ server, files: Object.fromEntries(hashes) });
}

/** Every stored file of the snapshot with its text, without the provenance file. */
export function readSnapshot(): Files {
  const names = readdirSync(snapshotFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && entry.name !== SOURCE_FILE)
    .map((entry) => relative(snapshotFolder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(snapshotFolder, name), "utf8")]));
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
