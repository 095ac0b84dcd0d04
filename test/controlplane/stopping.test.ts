import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { succeeds } from "../support/eventually.ts";

interface Running {
  readonly child: ChildProcess;
  readonly dir: string;
  readonly processes: Readonly<Record<string, number>>;
}

let running: Running | undefined;

afterEach(() => {
  running?.child.kill("SIGKILL");
  running = undefined;
});

async function start(): Promise<Running> {
  const script = fileURLToPath(new URL("testing/run-and-wait.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`exit code ${code}`)));
  });
  running = { child, ...(JSON.parse(line) as Omit<Running, "child">) };
  return running;
}

/** The processes that know the folder: by an argument or by a variable, as the components and the container do. */
function processesOf(dir: string): string[] {
  const found: string[] = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (command.includes(dir) || readFileSync(`/proc/${pid}/environ`, "utf8").includes(dir)) found.push(command);
    } catch {
      // It has ended, or belongs to somebody else.
    }
  }
  return found;
}

function expectNothingLeft(dir: string): void {
  expect(processesOf(dir)).toEqual([]);
  expect(existsSync(dir)).toBe(false);
  expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(dir);
}

describe("a control plane leaves nothing behind", () => {
  test("when it is stopped", async () => {
    const { child, dir } = await start();
    // The five components, the container's first process, its shell and the two that this starts, a moment after the pod runs.
    await succeeds(() => expect(processesOf(dir).length).toBeGreaterThanOrEqual(9));
    const exited = new Promise<number | null>((resolve) => {
      child.once("exit", resolve);
    });
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
    expectNothingLeft(dir);
  });

  test("when the process that started it is killed", async () => {
    const { child, dir } = await start();
    child.kill("SIGKILL");
    await succeeds(() => expectNothingLeft(dir));
  });

  test("when its supervisor is killed", async () => {
    const { dir, processes } = await start();
    const stat = readFileSync(`/proc/${processes["etcd"]}/stat`, "utf8");
    const supervisor = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    process.kill(supervisor, "SIGKILL");
    await succeeds(() => expectNothingLeft(dir));
  });

  test("when one of its processes dies", async () => {
    const { dir, processes } = await start();
    process.kill(processes["kubelet"] ?? 0, "SIGKILL");
    await succeeds(() => expectNothingLeft(dir));
  });
});
