import { inspect } from "node:util";
import type { PodRun } from "@kubewright/core";
import { beforeAll, describe, expect, test } from "vitest";
import { rejection, refusal } from "../support/api-request.ts";
import { atOnce } from "../support/at-once.ts";
import { sumOf, untilRead } from "./bytes.ts";
import { type Held, runningPod, shell, textOf } from "./support.ts";

type Bytes = AsyncIterable<Uint8Array>;

const size = { columns: 77, rows: 33 };
/** The command may be a little ahead of its size. */
const untilSize = `until [ "$(stty size)" = "33 77" ]; do sleep 0.05; done`;

/**
 * What holds whoever terminates the WebSocket. Sessions speak v5 where they have an input, so here all of them have one then. It stays
 * open: an end of input that the kubelet has not read when the command ends resets its connection, and where the API server
 * terminates v5 itself it takes that for a success without output.
 */
export function execCases(held: Held, protocol: string): void {
  const input = () => (protocol === "v5.channel.k8s.io" ? { stdin: new ReadableStream<string>() } : {});
  const exec: Held["pods"]["exec"] = (name, options) => held.pods.exec(name, { ...input(), ...options });
  /**
   * Runs a script with much output. Over v5 a ping of the server's own may cost what still waits on its way when a command ends: there it
   * waits for the end of its input, which comes once so many bytes were read.
   */
  async function runOf(bytes: number, script: string): Promise<{ run: PodRun; stdout: Bytes; stderr: Bytes }> {
    const { pieces, count } = untilRead(bytes, new ReadableStream({ start: (controller) => controller.close() }));
    const run = await exec("one", {
      ...shell(`${script}; cat > /dev/null`),
      ...("stdin" in input() && { stdin: pieces }),
    });
    return { run, stdout: count(run.stdout), stderr: count(run.stderr) };
  }
  beforeAll(async () => {
    await runningPod(held.pods, "one");
    await runningPod(held.pods, "two", ["left", "right"], { "kubectl.kubernetes.io/default-container": "right" });
  });

  test("the server chose what this file is about", async () => {
    const run = await exec("one", { command: ["true"] });
    expect(inspect(run)).toContain(protocol);
    await run.exit;
  });

  describe("how a command ends", () => {
    test.each([
      ["true", 0],
      ["exit 3", 3],
      ["kill -9 $$", 137],
    ])("%s: %d, with all of its output", async (script, exitCode) => {
      const said = { exitCode, stdout: "out\n", stderr: "err\n" };
      expect(await exec("one", shell(`echo out; echo err >&2; ${script}`)).output()).toEqual(said);
    });

    test.each([["/no/such/program"], ["/etc/passwd"]])("%s cannot be started: 126", async (program) => {
      expect(await exec("one", { command: [program] }).output()).toMatchObject({ exitCode: 126, stdout: "" });
    });

    test("a pod that is deleted under it: 137", async () => {
      await runningPod(held.pods, "doomed");
      const run = await exec("doomed", shell("echo up; sleep 1000"));
      const output = run.stdout[Symbol.asyncIterator]();
      await output.next(); // it runs
      await held.pods.delete("doomed", { gracePeriodSeconds: 0 });
      expect([await run.exit, await output.next()]).toEqual([{ exitCode: 137 }, { done: true, value: undefined }]);
    });

    test("arguments arrive as they are: no shell, no globs, every character", async () => {
      const command = ["printf", "%s|", "a b", "*", "$HOME", "", "'\"\\", "ä€😀", "a=b&c=d", "line\nbreak", "--"];
      expect((await exec("one", { command }).output()).stdout).toBe(`${command.slice(2).join("|")}|`);
    });
  });

  describe("the container", () => {
    test("the one that the annotation names, where none is given", async () => {
      const hosts = await exec("two", { command: ["true"] }).output();
      expect(hosts.exitCode).toBe(0);
    });

    test("the one that is given", async () => {
      expect((await exec("two", { container: "left", command: ["true"] }).output()).exitCode).toBe(0);
    });
  });

  describe("a terminal", () => {
    test("has the size, from the beginning, and one output", async () => {
      const { exitCode, stdout, stderr } = await exec("one", {
        ...shell(`${untilSize}; stty size; echo err >&2; exit 4`),
        tty: size,
      }).output();
      expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 4, stdout: "33 77\r\nerr\r\n", stderr: "" });
    });

    test("follows new sizes, and takes what is typed", async () => {
      let type: (text: string) => void = () => {};
      const typed = new ReadableStream<string>({
        start: (controller) => void (type = (text) => controller.enqueue(text)),
      });
      const run = await exec("one", { command: ["sh"], tty: size, stdin: typed });
      for (let columns = 20; columns <= 90; columns++) run.resize({ columns, rows: 10 });
      type("until [ \"$(stty size)\" = '10 90' ]; do sleep 0.05; done; echo it is $((1 + 1)); exit 5\n");
      expect(await textOf(run.stdout)).toContain("it is 2");
      expect(await run.exit).toEqual({ exitCode: 5 });
    });
  });

  describe("output", () => {
    test.each([0, 1, 32 * 1024, 32 * 1024 + 1, 1024 * 1024, 16 * 1024 * 1024])(
      "%d bytes on each stream, read at once",
      async (bytes) => {
        const both = `head -c ${bytes} /dev/zero & head -c ${bytes} /dev/zero >&2; wait`;
        const { run, ...outputs } = await runOf(2 * bytes, both);
        const [stdout, stderr] = await Promise.all([sumOf(outputs.stdout), sumOf(outputs.stderr)]);
        expect([stdout.size, stderr.size, await run.exit]).toEqual([bytes, bytes, { exitCode: 0 }]);
      },
    );

    test.each(["stdout", "stderr"] as const)(
      "%s is read to its end first, while little waits in the other",
      async (first) => {
        const second = first === "stdout" ? "stderr" : "stdout";
        const run = await exec("one", shell("head -c 500000 /dev/zero; head -c 500000 /dev/zero >&2"));
        expect([(await sumOf(run[first])).size, (await sumOf(run[second])).size]).toEqual([500_000, 500_000]);
        expect(await run.exit).toEqual({ exitCode: 0 });
      },
    );

    test("exit may be waited for first, while little waits", async () => {
      const run = await exec("one", shell("echo out; echo err >&2; exit 6"));
      expect(await run.exit).toEqual({ exitCode: 6 });
      expect([await textOf(run.stdout), await textOf(run.stderr)]).toEqual(["out\n", "err\n"]);
    });

    test.each(["stdout", "stderr"] as const)(
      "%s is never read and fills up: an error that names it, where the other is waited for",
      async (full) => {
        const other = full === "stdout" ? "stderr" : "stdout";
        const to = full === "stdout" ? "" : ">&2";
        const run = await exec("one", shell(`head -c 5000000 /dev/zero ${to}; echo end`));
        const said = `LimitError: TooLarge: what waits unread of ${full} is larger than 1048576 bytes; read run.${full} at the same time, or pass ${full}: false`;
        expect(await refusal(textOf(run[other]))).toContain(said);
        expect(await refusal(run.exit)).toContain(said);
      },
    );

    test("what is not asked for does not stand in the way", async () => {
      const run = await exec("one", { ...shell("head -c 5000000 /dev/zero; echo end >&2; exit 7"), stdout: false });
      expect([await textOf(run.stdout), await textOf(run.stderr), await run.exit]).toEqual([
        "",
        "end\n",
        { exitCode: 7 },
      ]);
    });

    test("a slow reader slows the command, and gets every byte", async () => {
      const { run, stdout } = await runOf(14_888_896, "seq 1 2000000");
      const seen: string[] = [];
      let count = 0;
      const decoder = new TextDecoder();
      for await (const chunk of stdout) {
        seen.push(decoder.decode(chunk, { stream: true }));
        if (count++ % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const lines = seen.join("").split("\n");
      expect([lines.length, lines.at(-2)]).toEqual([2_000_001, "2000000"]);
      expect(lines.every((line, index) => index === 2_000_000 || line === String(index + 1))).toBe(true);
      expect(await run.exit).toEqual({ exitCode: 0 });
    });

    test("characters that come in pieces, nothing at all, and bytes that are no text", async () => {
      const split = await exec(
        "one",
        shell(String.raw`printf 'gr\303'; sleep 0.2; printf '\274n'; printf '' >&2`),
      ).output();
      expect(split).toEqual({ exitCode: 0, stdout: "grün", stderr: "" });
      const every = String.raw`for i in 0 1 2 3; do for j in 0 1 2 3 4 5 6 7; do for k in 0 1 2 3 4 5 6 7; do printf "\\$i$j$k"; done; done; done`;
      const run = await exec("one", shell(every));
      const bytes: number[] = [];
      for await (const chunk of run.stdout) bytes.push(...chunk);
      expect(bytes).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
    });

    test("output() beyond its bound: an error that names the stream", async () => {
      const said = await refusal(exec("one", shell("head -c 100000000 /dev/zero >&2")).output());
      expect(said).toContain(
        "LimitError: TooLarge: what the command wrote to stderr is larger than 33554432 bytes; read run.stderr",
      );
    });
  });

  describe("leaving", () => {
    test("an abort settles everything at once, with its reason", async () => {
      const controller = new AbortController();
      const run = await exec("one", { ...shell("echo up; sleep 1000"), signal: controller.signal });
      const reading = textOf(run.stdout);
      const mine = new Error("mine");
      controller.abort(mine);
      const all = [reading, run.exit, textOf(run.stderr)].map((one) => rejection(one));
      expect(await atOnce(Promise.all(all))).toEqual([mine, mine, mine]);
    });

    test("an abort before it was accepted", async () => {
      const controller = new AbortController();
      const starting = exec("one", { command: ["sleep", "1000"], signal: controller.signal });
      controller.abort("mine");
      expect(await atOnce(rejection(starting))).toBe("mine");
    });

    test("close() ends the session, and says that the command may go on", async () => {
      const run = await exec("one", { command: ["sleep", "1000"] });
      await run.close();
      await run.close();
      expect(await refusal(run.exit)).toMatch(
        /^ConnectionError: Closed: the session was closed before the command had ended; the command may go on/,
      );
    });

    test("leaving the output ends the session", async () => {
      const run = await exec("one", { command: ["yes"] });
      for await (const _ of run.stdout) break;
      expect(await refusal(run.exit)).toMatch(
        /^ConnectionError: Closed: stdout was left before its end, which ends the session/,
      );
    });

    test("a run that has ended can be closed, and what it wrote can still be read", async () => {
      const run = await exec("one", { command: ["echo", "text"] });
      await run.exit;
      await run.close();
      expect(await textOf(run.stdout)).toBe("text\n");
    });
  });
}
