import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { connect } from "@kubewright/node";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, expect, test } from "vitest";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Starts the command; gives the path of the kubeconfig that it names, and what ends it. */
async function start(...args: readonly string[]) {
  const program = fileURLToPath(new URL("../cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=kubewright-source", "--no-warnings", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let kubeconfig: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    kubeconfig = /export KUBECONFIG=(.*)/.exec(line)?.[1];
    if (kubeconfig !== undefined) break;
  }
  if (kubeconfig === undefined) throw new Error("it named no kubeconfig");
  const end = async (): Promise<unknown> => {
    const ended = once(child, "exit");
    child.kill("SIGINT");
    return (await ended)[0];
  };
  return { kubeconfig, end };
}

async function run(...args: readonly string[]): Promise<{ code: unknown; said: string }> {
  const program = fileURLToPath(new URL("../cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=kubewright-source", program, ...args]);
  children.push(child);
  let said = "";
  child.stdout.on("data", (text) => (said += String(text)));
  child.stderr.on("data", (text) => (said += String(text)));
  const [code] = (await once(child, "close")) as [unknown];
  return { code, said };
}

test("it serves until Ctrl-C, and leaves nothing behind", async () => {
  const { kubeconfig, end } = await start();
  const cluster = await connect({ kubeconfig });
  await cluster
    .api(CoreV1)
    .configMaps.in("default")
    .create({ metadata: { name: "a" } });
  await cluster.close();
  expect(await end()).toBe(0);
  expect(existsSync(kubeconfig)).toBe(false);
});

test("with a folder it goes on where it ended, under the same kubeconfig", async () => {
  const state = mkdtempSync(join(tmpdir(), "kubewright-command-"));
  try {
    const first = await start("--state", state);
    const cluster = await connect({ kubeconfig: first.kubeconfig });
    const maps = cluster.api(CoreV1).configMaps.in("default");
    const made = await maps.create({ metadata: { name: "a" } });
    expect(await first.end()).toBe(0);
    const second = await start("--state", state);
    expect(second.kubeconfig).toBe(first.kubeconfig);
    expect(await maps.get("a")).toEqual(made);
    await cluster.close();
    expect(await second.end()).toBe(0);
  } finally {
    rmSync(state, { recursive: true });
  }
});

test("wrong arguments are explained", async () => {
  expect(await run("--port", "web")).toEqual({
    code: 1,
    said: 'Invalid --port: "web" is no port; it takes a number from 1 to 65535\n',
  });
  expect(await run("--nonsense")).toMatchObject({ code: 1, said: expect.stringMatching("--help explains") });
  expect(await run("--help")).toMatchObject({ code: 0, said: expect.stringMatching("npx @kubewright/testing") });
});
