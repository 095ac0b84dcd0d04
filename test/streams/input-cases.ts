import { beforeAll, describe, expect, test } from "vitest";
import { rejection } from "../support/api-request.ts";
import { randomInput, sumOf, untilRead } from "./bytes.ts";
import { type Held, runningPod, shell, textOf } from "./support.ts";

/** What holds of a command's input where its end can be told. */
export function inputCases(held: Held): void {
  const exec: Held["pods"]["exec"] = (...call) => held.pods.exec(...call);
  beforeAll(() => runningPod(held.pods, "reads"));

  describe("input", () => {
    test.each<[string, string | Uint8Array | AsyncIterable<string | Uint8Array>, string]>([
      ["text", "grün €😀", "grün €😀"],
      ["no text", "", ""],
      ["bytes", new Uint8Array([104, 105]), "hi"],
      ["a web stream", new Blob(["from ", "a blob"]).stream(), "from a blob"],
      ["a generator of both", (async function* () { yield "a"; yield ""; yield new Uint8Array([98]); })(), "ab"], // prettier-ignore
    ])("%s, and its end", async (_, stdin, stdout) => {
      expect(await exec("reads", { command: ["cat"], stdin }).output()).toEqual({ exitCode: 0, stdout, stderr: "" });
    });

    test.each([
      [0, 1],
      [1, 1],
      [3000, 1],
      [65_536, 1000],
      [65_537, 65_537],
      [1_000_003, 4096],
      [16 * 1024 * 1024, 1024 * 1024],
    ])("%d random bytes in pieces of %d come back as they were", async (bytes, pieceBytes) => {
      const { pieces, sum } = randomInput(bytes, pieceBytes);
      const input = untilRead(bytes, pieces);
      const run = await exec("reads", { command: ["cat"], stdin: input.pieces });
      const back = await sumOf(input.count(run.stdout));
      expect(await run.exit).toEqual({ exitCode: 0 });
      expect(back).toEqual(sum());
      expect(back.size).toBe(bytes);
    });

    test("24 of 1 MB at once, on both streams", async () => {
      await Promise.all(
        Array.from({ length: 24 }, async () => {
          const { pieces, sum } = randomInput(1_000_000, 50_000);
          const input = untilRead(2_000_000, pieces);
          const run = await exec("reads", { ...shell("tee /dev/stderr"), stdin: input.pieces });
          const back = await Promise.all([run.stdout, run.stderr].map((stream) => sumOf(input.count(stream))));
          expect(back).toEqual([sum(), sum()]);
        }),
      );
    });

    test("input that throws ends the session with what it threw, and is left", async () => {
      const mine = new Error("mine");
      const run = await exec("reads", { command: ["cat"], stdin: (async function* () { yield "a"; throw mine; })() }); // prettier-ignore
      expect(await rejection(run.exit)).toBe(mine);
      expect(await rejection(textOf(run.stdout))).toBe(mine);
    });

    test("a command that ends lets go of input that would go on for ever", async () => {
      let left = false;
      const stdin = (async function* () {
        try {
          for (;;) yield new Uint8Array(1000);
        } finally {
          left = true;
        }
      })();
      const run = await exec("reads", { command: ["head", "-c", "100000"], stdin });
      // What was on its way may have reset the connection, and an API server that translates v5 may call that a success.
      const [read, exit] = await Promise.allSettled([sumOf(run.stdout), run.exit]);
      for (const end of [read, exit])
        if (end.status === "rejected") expect(String(end.reason)).toMatch(/^ConnectionError: NoExitStatus/);
      if (exit.status === "fulfilled") expect(exit.value).toEqual({ exitCode: 0 });
      if (read.status === "fulfilled") expect(read.value.size).toBeLessThanOrEqual(100_000);
      await expect.poll(() => left).toBe(true);
    });
  });
}
