import { readFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import type { ControlPlaneInfo } from "../controlplane/info.ts";
import { startControlPlane } from "../controlplane/start.ts";
import { cells } from "./cells.ts";
import { namespaceFor } from "./compare.ts";
import { differing } from "./differing.ts";
import type { Sequence } from "./exchange.ts";
import { seedsOfEach } from "./matrix.ts";
import { play } from "./play.ts";
import { realServer } from "./real-server.ts";
import { asRecorded } from "./recording/as-recorded.ts";
import { allFiles, fileOf, forget, keepText } from "./recording/files.ts";
import { readRecording, type Recorded, writeRecording } from "./recording/recording.ts";

// Records what a real API server answers: record.ts [--cells TEXT,…] [--server INFO.json]
const { values } = parseArgs({
  options: {
    /** Cells whose names contain one of these. Default: all, and recordings of cells that are gone are removed. */
    cells: { type: "string" },
    /** What a running control plane said of itself (startControlPlane().info() as JSON), to be used instead of a new one. */
    server: { type: "string" },
  },
});

const started = values.server === undefined ? await startControlPlane({ apiOnly: true }) : undefined;
const info = started ?? (JSON.parse(readFileSync(values.server!, "utf8")) as ControlPlaneInfo);
const real = realServer({ server: info.server, ca: readFileSync(info.caFile, "utf8"), token: info.admin.token });
const run = Date.now().toString(36);
const wanted = values.cells?.split(",") ?? [""];

for (const [name, sequence] of Object.entries(cells)) {
  if (!wanted.some((text) => name.includes(text))) continue;
  try {
    const text = await recordingOf(name, sequence);
    keepText(name, text);
    console.log(`${name}: ${text.length} characters`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`${name}: NOT RECORDED: ${String(error)}`);
  }
}
if (values.cells === undefined) {
  const known = new Set(Object.keys(cells).map(fileOf));
  for (const file of allFiles()) if (!known.has(file)) forget(file);
}
real.close();
await started?.stop();

/** What a real server answers to a cell. @throws Error where it cannot be recorded */
async function recordingOf(name: string, sequence: Sequence): Promise<string> {
  const recorded: Recorded[] = [];
  for (let seed = 1; seed <= seedsOfEach; seed++) {
    // Twice: what differs from itself cannot be held against anything.
    const answers = await answersOf(name, sequence, seed, "a");
    const [first] = differing(answers, await answersOf(name, sequence, seed, "b"));
    if (first !== undefined)
      throw new Error(`seed ${seed}: the real server differs from itself: ${JSON.stringify(first)}`);
    recorded.push({ seed, answers: answers.map(asRecorded) });
  }
  const text = await writeRecording(sequence, recorded);
  if (!isDeepStrictEqual(await readRecording(sequence, text), recorded))
    throw new Error("it is read otherwise than it was written");
  return text;
}

async function answersOf(name: string, sequence: Sequence, seed: number, time: string): Promise<readonly unknown[]> {
  const played = await play(sequence, real, seed, namespaceFor(name, seed, `${run}${time}`));
  return played.map(({ answer }) => answer);
}
