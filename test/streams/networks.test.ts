import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { refusal } from "../support/api-request.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { held, randomInput, runningPod, shell, sumOf, textOf } from "./support.ts";

let proxy: FaultProxy;
const own = held(async () => {
  const { server, caFile, admin } = inject("controlPlane");
  proxy = await startFaultProxy(server);
  return { server: proxy.url, ca: readFileSync(caFile, "utf8"), token: admin.token };
});

beforeAll(() => runningPod(own.pods, "one"));
afterEach(() => proxy.heal());

/** What one round trip of random bytes came to: the same bytes and a code, or an error of the library. */
async function roundTrip(bytes: number): Promise<"whole" | "error"> {
  const { pieces, sum } = randomInput(bytes, 10_000);
  let run;
  try {
    run = await own.pods.exec("one", { ...shell("cat"), stdin: pieces });
  } catch (error) {
    expect(await refusal(Promise.reject(error))).toMatch(/^ConnectionError: /);
    return "error";
  }
  const back = sumOf(run.stdout).catch(() => undefined);
  const exit = await run.exit.catch((error: unknown) => error);
  if (exit instanceof Error) {
    expect(await refusal(run.exit)).toMatch(/^ConnectionError: NoExitStatus/);
    return "error";
  }
  expect(exit).toEqual({ exitCode: 0 });
  expect(await back).toEqual(sum());
  expect((await back)?.size).toBe(bytes);
  return "whole";
}

describe("bytes arrive, or an error does", () => {
  test.each([
    ["slices", { sliceBytes: 1000 }],
    ["a slow line", { bytesPerSecond: 2_000_000 }],
    ["a long line", { delayMs: 50, jitterMs: 30 }],
  ])("%s", async (_, shape) => {
    proxy.shape(shape);
    expect(await roundTrip(500_000)).toBe("whole");
  });

  test("cut at 100 random offsets: never short and successful", async () => {
    let errors = 0;
    for (let turn = 0; turn < 100; turn++) {
      proxy.shape({ truncateAfterBytes: Math.floor(Math.random() * 120_000) });
      if ((await roundTrip(100_000)) === "error") errors += 1;
    }
    expect(errors).toBeGreaterThan(50);
  });

  test.each<[string, () => void]>([
    ["reset", () => proxy.reset()],
    ["ended", () => proxy.fin()],
    ["half closed", () => proxy.halfClose()],
  ])("%s under way", async (_, breakIt) => {
    const run = await own.pods.exec("one", shell("echo up; sleep 1000"));
    const iterator = run.stdout[Symbol.asyncIterator]();
    await iterator.next();
    breakIt();
    expect(await refusal(run.exit)).toMatch(
      /^ConnectionError: NoExitStatus: the connection ended before the server said how the command ended/,
    );
    expect(await refusal(iterator.next())).toMatch(/^ConnectionError: NoExitStatus/);
  });
});

describe("a connection that is dead", () => {
  test("is found while it is idle, and while output is awaited", { timeout: 40_000 }, async () => {
    const idle = await own.pods.exec("one", { command: ["sleep", "1000"] });
    const receiving = await own.pods.exec("one", shell("while true; do echo text; sleep 0.1; done"));
    const text = refusal(textOf(receiving.stdout));
    const began = performance.now();
    proxy.blackHole();
    const ends = await Promise.all([refusal(idle.exit), refusal(receiving.exit), text]);
    for (const end of ends) expect(end).toMatch(/^ConnectionError: NoExitStatus/);
    // 18 s at the most; the operating system would take 15 minutes.
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  test(
    "is told from one whose command leaves its input unread, for longer than that",
    { timeout: 60_000 },
    async () => {
      const { pieces, sum } = randomInput(5_000_000, 50_000);
      const run = await own.pods.exec("one", { ...shell("sleep 25; cat"), stdin: pieces });
      const back = await sumOf(run.stdout);
      expect([back, await run.exit]).toEqual([sum(), { exitCode: 0 }]);
    },
  );

  test("is told from one that we do not read, for longer than that", { timeout: 60_000 }, async () => {
    const run = await own.pods.exec("one", shell("seq 1 2000000"));
    const iterator = run.stdout[Symbol.asyncIterator]();
    let size = ((await iterator.next()).value as Uint8Array).length;
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) break;
      size += value.length;
    }
    expect([size, await run.exit]).toEqual([14_888_896, { exitCode: 0 }]);
  });
});
