// More bytes than a run of the tests has: npm run soak -- streams
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { connect, waitFor } from "kubewright";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { type Ground, isBroken, playSeed } from "./round-trip.ts";

const help = `Sends large random input to a command in a pod that gives it back, on a real API server and kubelet, through networks that are slow, cut
into pieces, or broken on the way; then counts how often the exit code of a command is kept that leaves its input unread. Writes
test/streams/soak-result.json.

  --runs N        so many round trips (default 200)
  --megabytes M   of so many megabytes each (default 1000)
  --codes N       so many commands of each kind for the exit codes (default 200)
  --minutes M     ends each of the two after so many minutes, with as many as it has played (default 120)
  --from N        the first seed (default 0); where the file tells of the N before it, of the same size, they are counted with the new ones

With --runs 0 or --codes 0 that half is left out, and what the file says of it stays.
`;

const resultFile = new URL("soak-result.json", import.meta.url);

interface Asked {
  readonly runs: number;
  readonly megabytes: number;
  readonly codes: number;
  readonly minutes: number;
  readonly from: number;
}

/** Where and when something was counted. */
interface Counted {
  readonly date: string;
  /** Of the machine, at the end. */
  readonly load: number;
  readonly minutes: number;
}

interface PlayedBytes extends Counted {
  readonly runs: number;
  readonly megabytesEach: number;
  readonly whole: number;
  /** Typed errors of connections that were broken on purpose. */
  readonly errors: number;
  readonly violations: number;
}

interface Kept {
  readonly kept: number;
  readonly of: number;
}

interface PlayedCodes extends Counted {
  readonly readsNothing: Kept;
  readonly reads20MbFirst: Kept;
}

interface Result {
  readonly kubernetes: string;
  readonly node: string;
  readonly cores: number;
  readonly bytes: PlayedBytes;
  readonly exitCodes: PlayedCodes;
}

async function main(): Promise<void> {
  const number = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      runs: { ...number, default: "200" },
      megabytes: { ...number, default: "1000" },
      codes: { ...number, default: "200" },
      minutes: { ...number, default: "120" },
      from: { ...number, default: "0" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const asked: Asked = {
    runs: numberOf("runs", values.runs),
    megabytes: numberOf("megabytes", values.megabytes),
    codes: numberOf("codes", values.codes),
    minutes: numberOf("minutes", values.minutes),
    from: numberOf("from", values.from),
  };
  const plane = await startControlPlane({ allApis: false });
  try {
    await using cluster = await connect({ kubeconfig: plane.admin.kubeconfig });
    const pods = cluster.api(CoreV1).pods.in("default");
    await pods.create({ metadata: { name: "one" }, spec: { containers: [{ name: "main", image: "local" }] } });
    await waitFor(pods, "one", (pod) => pod?.status?.phase === "Running");
    const before = JSON.parse(readFileSync(resultFile, "utf8")) as Result;
    const bytes = asked.runs > 0 ? await playBytes({ plane, namespace: "default" }, asked, before.bytes) : before.bytes;
    const exitCodes = asked.codes > 0 ? await playCodes(pods, asked) : before.exitCodes;
    writeResult(plane, bytes, exitCodes);
  } finally {
    await plane.stop();
  }
}

function writeResult(plane: ControlPlane, bytes: PlayedBytes, exitCodes: PlayedCodes): void {
  const result: Result = {
    kubernetes: plane.version,
    node: process.version,
    cores: cpus().length,
    bytes,
    exitCodes,
  };
  writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${bytes.violations} violations; written: test/streams/soak-result.json`);
  if (bytes.violations > 0) process.exitCode = 1;
}

async function playBytes(ground: Ground, asked: Asked, before: PlayedBytes): Promise<PlayedBytes> {
  const { runs, megabytes, from } = asked;
  const goesOn = from > 0 && before.runs === from && before.megabytesEach === megabytes;
  const { whole, errors, violations } = goesOn ? before : { whole: 0, errors: 0, violations: 0 };
  const ends = { whole, errors, violations };
  const over = clockOf(asked.minutes, goesOn ? before.minutes : 0);
  let seed = from;
  async function play(): Promise<void> {
    while (seed < from + runs && !over.isOver()) {
      const mine = seed++;
      const end = await playSeed(ground, mine, megabytes * 1_000_000);
      if (end === "whole") ends.whole += 1;
      else if (end === "error" && isBroken(mine)) ends.errors += 1;
      else {
        ends.violations += 1;
        console.error(`seed ${mine}: ${typeof end === "object" ? end.wrong : "an error, though nothing was broken"}`);
      }
      console.log(
        `bytes: seed ${mine} of ${from} to ${from + runs - 1}: ${ends.whole} whole, ${ends.errors} broken, ${ends.violations} violations`,
      );
    }
  }
  // Many of these networks are slow: one alone leaves the machine idle.
  await Promise.all(Array.from({ length: 3 }, play));
  return { ...over.counted(), runs: goesOn ? seed : seed - from, megabytesEach: megabytes, ...ends };
}

/** How often a command's code was told; else there was an error that said so. */
async function playCodes(pods: PodResource, { codes, minutes }: Asked): Promise<PlayedCodes> {
  const over = clockOf(minutes);
  const play = async (what: string, script: string): Promise<Kept> => {
    const counted = { kept: 0, of: 0 };
    while (counted.of < codes && !over.isOver()) {
      const ending = pods.exec("one", { command: ["sh", "-c", script], stdin: new Uint8Array(50_000_000) }).output();
      counted.of += 1;
      if ((await ending.catch(() => undefined))?.exitCode === 9) counted.kept += 1;
    }
    console.log(`exit codes of a command that ${what}: ${counted.kept} of ${counted.of} kept`);
    return counted;
  };
  const readsNothing = await play("reads nothing", "sleep 0.15; exit 9");
  const reads20MbFirst = await play("reads 20 MB", "head -c 20000000 >/dev/null; exit 9");
  return { ...over.counted(), readsNothing, reads20MbFirst };
}

/** Over after so many minutes; others that were counted before are told with them. */
function clockOf(minutes: number, before = 0): { isOver(): boolean; counted(): Counted } {
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / 60_000;
  const counted = (): Counted => ({
    date: new Date().toISOString().slice(0, 10),
    load: Math.round(loadavg()[0] ?? 0),
    minutes: Math.round((before + passed()) * 10) / 10,
  });
  return { isOver: () => passed() >= minutes, counted };
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} must be a number, not ${text}\n${help}`);
}

await main();
