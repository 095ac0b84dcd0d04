import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { type ControlPlane, startControlPlane } from "../test/controlplane/start.ts";
import { capture, type Files } from "./capture.ts";
import { describeSource, readSnapshot, snapshotFolder, SOURCE_FILE } from "./provenance.ts";
import { serverKnowledge } from "./server-knowledge.ts";
import { type Json, stableJson } from "./stable-json.ts";

const HELP = `Captures what a real API server says about itself into openapi/.

  --check   change nothing; exit with 1 and the list of files if a fresh capture differs
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const controlPlane = await startControlPlane({ allApis: true, apiOnly: true });
  let fresh: Files;
  try {
    fresh = await captureAll(controlPlane);
  } finally {
    await controlPlane.stop();
  }
  const differences = compare(withSource(readSnapshot()), fresh);
  if (values.check) {
    report(differences, "The stored snapshot differs from a fresh one; `npm run snapshot` renews it:");
    process.exitCode = differences.length > 0 ? 1 : 0;
  } else {
    write(fresh, differences);
    report(differences, `Captured ${controlPlane.version}:`);
  }
}

/** Every file of a fresh snapshot, the provenance file with them. */
async function captureAll(controlPlane: ControlPlane): Promise<Files> {
  const ca = readFileSync(controlPlane.caFile, "utf8");
  const files = await capture({ server: controlPlane.server, ca, token: controlPlane.admin.token });
  const { stdout } = await promisify(execFile)(controlPlane.binary, ["protobuf-schema"], {
    maxBuffer: 64 * 1024 * 1024,
  });
  files.set("protobuf.json", stableJson(JSON.parse(stdout) as Json));
  files.set("server.json", stableJson(await serverKnowledge(controlPlane.binary)));
  return files.set(SOURCE_FILE, describeSource(controlPlane.version, files));
}

function withSource(stored: Files): Files {
  try {
    stored.set(SOURCE_FILE, readFileSync(join(snapshotFolder, SOURCE_FILE), "utf8"));
  } catch (error) {
    // Before the first capture there is none.
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  return stored;
}

interface Difference {
  readonly file: string;
  readonly what: "new" | "changed" | "gone";
}

function compare(stored: Files, fresh: Files): Difference[] {
  const differences: Difference[] = [];
  for (const file of [...new Set([...stored.keys(), ...fresh.keys()])].sort()) {
    const [before, after] = [stored.get(file), fresh.get(file)];
    if (before === after) continue;
    differences.push({ file, what: before === undefined ? "new" : after === undefined ? "gone" : "changed" });
  }
  return differences;
}

function write(fresh: Files, differences: readonly Difference[]): void {
  for (const { file } of differences) {
    const path = join(snapshotFolder, file);
    const text = fresh.get(file);
    if (text === undefined) {
      rmSync(path);
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
}

function report(differences: readonly Difference[], heading: string): void {
  if (differences.length === 0) {
    console.log("The snapshot is up to date.");
    return;
  }
  console.log(heading);
  for (const { file, what } of differences) console.log(`  ${what.padEnd(8)} openapi/${file}`);
}

await main();
