import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { megabytes, type Row } from "../row.ts";

interface Size {
  readonly bytes: number;
  readonly packages: readonly string[];
}

const megabyte = 1024 * 1024;

/** What an install into an empty folder brings. */
export function installRow({ installed, say }: Bench): Row {
  say("install size");
  const ours = measure(installed.ours);
  const clientNode = measure(installed.clientNode);
  const floor = measure(installed.floor);
  const text = ({ bytes, packages }: Size): string =>
    `${megabytes(bytes)}, ${packages.length} package${packages.length === 1 ? "" : "s"}`;
  return {
    what: "node_modules after npm install",
    clientNode: text(clientNode),
    floor: `${text(floor)} (undici)`,
    ours: text(ours),
    aim: "≤ 5 MB and 0.5 for protobuf, ≤ 9 packages",
    measured: text(ours),
    reached: ours.bytes <= 5.5 * megabyte && ours.packages.length <= 9,
    detail: { ours, clientNode, floor },
  };
}

function measure(folder: string): Size {
  const packages: string[] = [];
  let bytes = 0;
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner);
      else bytes += lstatSync(inner).size;
    }
  };
  visit(join(folder, "node_modules"));
  const collect = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
      const inner = join(path, entry.name);
      if (entry.name.startsWith("@")) {
        collect(inner);
        continue;
      }
      packages.push(inner.slice(folder.length + "/node_modules/".length));
      if (readdirSync(inner).includes("node_modules")) collect(join(inner, "node_modules"));
    }
  };
  collect(join(folder, "node_modules"));
  return { bytes, packages };
}
