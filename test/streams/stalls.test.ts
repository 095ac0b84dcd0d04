import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, inject, test } from "vitest";
import { refusal } from "../support/api-request.ts";
import { randomInput, sumOf, untilRead } from "./bytes.ts";
import { answerSum, startPodServer } from "./pod-server.ts";
import { held, runningPod, shell, textOf } from "./support.ts";

// Nothing moves, and nothing is wrong: all of these wait at the same time.

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
beforeAll(() => runningPod(own.pods, "one"));

const size = 100_000_000;
/** By so many megabytes a session that stands still may make a program grow. */
const mostOfEach = 24;

test.concurrent(
  "input that nobody reads for 75 s: the run lives, and every byte arrives",
  { timeout: 150_000 },
  async () => {
    const { pieces, sum } = randomInput(20_000_000, 50_000);
    const input = untilRead(20_000_000, pieces);
    const run = await own.pods.exec("one", { ...shell("sleep 75; cat"), stdin: input.pieces });
    expect([await sumOf(input.count(run.stdout)), await run.exit]).toEqual([sum(), { exitCode: 0 }]);
  },
);

test.concurrent("output that we do not read for 60 s: every byte arrives", { timeout: 150_000 }, async () => {
  const run = await own.pods.exec("one", shell("seq 1 4000000"));
  const iterator = run.stdout[Symbol.asyncIterator]();
  let came = ((await iterator.next()).value as Uint8Array).length;
  await sleep(60_000);
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) came += next.value.length;
  expect([came, await run.exit]).toEqual([30_888_896, { exitCode: 0 }]);
});

// Over v5 one in ten loses the last of what waits on its way when the command ends, and its code, and is told as a success.
test.concurrent(
  "commands that end while their output waits to be read: every byte arrives, and the code",
  { timeout: 150_000 },
  async () => {
    const ended = Array.from({ length: 16 }, async (_, at) => {
      const run = await own.pods.exec("one", shell(`head -c ${(at + 3) * 1_000_000} /dev/zero; exit 3`));
      const iterator = run.stdout[Symbol.asyncIterator]();
      let came = ((await iterator.next()).value as Uint8Array).length;
      // Longer than servers wait between two pings.
      await sleep(12_000);
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        came += next.value.length;
      return { came: came / 1_000_000, ...(await run.exit) };
    });
    expect(await Promise.all(ended)).toEqual(Array.from({ length: 16 }, (_, at) => ({ came: at + 3, exitCode: 3 })));
  },
);

interface Stood {
  readonly grewBy: number;
  readonly sums: readonly string[];
  readonly codes?: readonly number[];
}

/** What a program of its own says that stands still for a minute. */
async function stood(script: string, ...ports: readonly number[]): Promise<Stood> {
  const file = fileURLToPath(new URL(`../support/${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--expose-gc", "--conditions=kubewright-source", file, own.namespace, "one", ...ports.map(String), "60"],
    // It does not outlive a test that gives it up.
    { env: { ...process.env, KUBECONFIG: inject("controlPlane").admin.kubeconfig }, timeout: 140_000 },
  );
  return JSON.parse(stdout) as Stood;
}

/** Of 100 MB of this byte. */
function sumOfAll(byte: number): string {
  return createHash("sha256").update(Buffer.alloc(size, byte)).digest("hex");
}

test.concurrent("either takes little memory", { timeout: 150_000 }, async () => {
  const { grewBy, sums, codes } = await stood("stopped-run-script.ts");
  expect([sums, codes]).toEqual([
    [sumOfAll(0), sumOfAll(7)],
    [0, 0],
  ]);
  console.log(`[measured] two sessions that stand still: + ${grewBy} MB`);
  expect(grewBy).toBeLessThanOrEqual(2 * mostOfEach);
});

test.concurrent("so do connections, both ways, and every byte arrives", { timeout: 150_000 }, async () => {
  await using sends = await startPodServer((socket) => socket.resume().end(Buffer.alloc(size)));
  await using takes = await startPodServer((socket) => void setTimeout(() => void answerSum(socket), 60_000));
  const { grewBy, sums } = await stood("stopped-connections-script.ts", sends.port, takes.port);
  expect(sums).toEqual([sumOfAll(0), sumOfAll(7)]);
  console.log(`[measured] two connections that stand still: + ${grewBy} MB`);
  expect(grewBy).toBeLessThanOrEqual(2 * mostOfEach);
});

test.concurrent("`stallTimeoutMs` ends what stands still for longer", { timeout: 60_000 }, async () => {
  const stdin = randomInput(20_000_000, 50_000).pieces;
  const options = { stdin, stallTimeoutMs: 5000 };
  const unread = await own.pods.exec("one", { ...shell("sleep 1000"), ...options });
  const said = /^ConnectionError: NoExitStatus/;
  expect(await refusal(unread.exit)).toMatch(said);
  // Output is a sign of life, whatever the command leaves unread.
  const speaking = await own.pods.exec("one", {
    ...shell("for i in 1 2 3 4 5; do sleep 3; echo up; done; exit 3"),
    ...options,
  });
  expect((await sumOf(speaking.stdout)).size).toBe(15);
  expect(await speaking.exit).toEqual({ exitCode: 3 });
});

/** This thread does nothing for so long. */
function stand(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test.concurrent(
  "the program's own loop stands still for 5 s, and once more: no session ends",
  { timeout: 60_000 },
  async () => {
    const { pods } = own;
    const idle = await pods.exec("one", shell("sleep 16; echo end"));
    const receiving = await pods.exec("one", shell("for i in $(seq 1 160); do echo $i; sleep 0.1; done"));
    const { pieces, sum } = randomInput(3_000_000, 50_000);
    const input = untilRead(3_000_000, pieces);
    const sending = await pods.exec("one", { ...shell("sleep 14; cat"), stdin: input.pieces });
    const ends = Promise.all([textOf(idle.stdout), textOf(receiving.stdout), sumOf(input.count(sending.stdout))]);
    // The first ping goes out after 3.6 s.
    for (const runs of [5000, 400]) {
      await new Promise((resolve) => setTimeout(resolve, runs));
      stand(5000);
    }
    const lines = Array.from({ length: 160 }, (_, index) => `${index + 1}\n`).join("");
    expect(await ends).toEqual(["end\n", lines, sum()]);
    expect(await Promise.all([idle.exit, receiving.exit, sending.exit])).toEqual(
      Array.from({ length: 3 }, () => ({ exitCode: 0 })),
    );
  },
);
