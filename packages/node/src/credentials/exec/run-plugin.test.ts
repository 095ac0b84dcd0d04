import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { until } from "../../../../../test/support/api-request.ts";
import { runPlugin } from "./run-plugin.ts";

describe("an interactive plugin", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kubewright-plugin-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (script: string, signal: AbortSignal) =>
    runPlugin({
      file: "/bin/sh",
      command: "sh",
      args: ["-c", script],
      env: {},
      interactive: true,
      timeoutMs: 10_000,
      signal,
    });

  test("reads what is typed, which another does not", () => {
    const program = (interactive: boolean): string => `
      import { runPlugin } from ${JSON.stringify(new URL("run-plugin.ts", import.meta.url).href)};
      console.log(await runPlugin({
        file: "/bin/sh", command: "sh", args: ["-c", "read typed; echo got $typed"], env: {},
        interactive: ${interactive}, timeoutMs: 10_000, signal: new AbortController().signal,
      }));`;
    const flags = ["--conditions=kubewright-source", "--input-type=module", "-e"];
    const output = (interactive: boolean): string =>
      spawnSync(process.execPath, [...flags, program(interactive)], { input: "this\n", encoding: "utf8" }).stdout;
    expect([output(true).trim(), output(false).trim()]).toEqual(["got this", "got"]);
  });

  test("is ended with the connection, although it has no group of its own", async () => {
    const file = join(folder, "pid");
    const controller = new AbortController();
    const outcome = run(`echo $$ > '${file}.new'; mv '${file}.new' '${file}'; exec sleep 30`, controller.signal).catch(
      String,
    );
    const read = (): Promise<string> => readFile(file, "utf8").catch(() => "");
    await expect.poll(read, { timeout: 5000 }).not.toBe("");
    const pid = Number(await read());
    controller.abort();
    expect(await outcome).toContain("Plugin ended: sh was ended");
    await until(() => !isAlive(pid));
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
