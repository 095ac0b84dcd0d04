// `npm run codegen`: writes the generated files of this repository from openapi/; with --check it only compares. Any other
// argument is for the published command.
import { fileURLToPath } from "node:url";
import { runCommand } from "./command.ts";
import { generateRepository, packedOpenApiPath } from "./generate.ts";
import { readFolder, readVersion } from "./load/folder.ts";
import { readProtobufSchema } from "./load/protobuf-schema.ts";
import { readServerKnowledge } from "./load/server-knowledge.ts";
import { findDrift, readIfThere, reportDrift, writeFiles } from "./write-files.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));
const generated = [
  "codegen/gen",
  "codegen/src/gen",
  "packages/api/src/gen",
  "packages/core/src/gen",
  "packages/kubewright/src/gen",
  "packages/protobuf/src/gen",
  "packages/testing/src/gen",
];

const args = process.argv.slice(2);
process.exitCode = args.every((arg) => arg === "--check") ? await regenerate(args.length > 0) : await runCommand(args);

async function regenerate(checkOnly: boolean): Promise<number> {
  const snapshot = `${top}openapi`;
  const files = await generateRepository(
    readFolder(snapshot),
    {
      protobuf: readProtobufSchema(snapshot),
      server: readServerKnowledge(snapshot),
      packedOpenApi: readIfThere(`${top}${packedOpenApiPath}`),
    },
    `Kubernetes ${readVersion(snapshot)}`,
  );
  const drift = findDrift(top, files, generated);
  if (checkOnly) return reportDrift(drift, "npm run codegen") ? 1 : 0;
  writeFiles(top, files, drift);
  const written = drift.changed.length + drift.missing.length;
  console.log(`${files.size} files; written: ${written}, removed: ${drift.stale.length}`);
  return 0;
}
