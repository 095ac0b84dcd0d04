// `npm run codegen`: writes the generated files of this repository from openapi/; with --check only compares.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateRepository } from "./generate.ts";
import { readFolder, readVersion } from "./load/folder.ts";
import { findDrift, reportDrift, writeFiles } from "./write-files.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));
const generated = [
  "codegen/gen",
  "codegen/src/gen",
  "packages/api/src/gen",
  "packages/core/src/gen",
  "packages/kubewright/src/gen",
];

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const files = await generateRepository(readFolder(`${top}openapi`), `Kubernetes ${readVersion(`${top}openapi`)}`);
const drift = findDrift(top, files, generated);
if (values.check) process.exitCode = reportDrift(drift, "npm run codegen") ? 1 : 0;
else {
  writeFiles(top, files, drift);
  console.log(
    `${files.size} files; written: ${drift.changed.length + drift.missing.length}, removed: ${drift.stale.length}`,
  );
}
