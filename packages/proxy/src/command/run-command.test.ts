import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startApiServer } from "@kubewright/testing";
import { afterEach, expect, test } from "vitest";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function start(args: readonly string[]) {
  const program = fileURLToPath(new URL("../cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=kubewright-source", "--no-warnings", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

test("it relays the cluster of a kubeconfig until it is told to end, also while a page watches", async () => {
  await using api = await startApiServer();
  const folder = mkdtempSync(join(tmpdir(), "kubewright-proxy-"));
  try {
    const kubeconfig = join(folder, "kubeconfig");
    writeFileSync(kubeconfig, api.kubeconfig, { mode: 0o600 });
    const child = start(["--kubeconfig", kubeconfig, "--port", "0"]);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const address = /at (http:\S+), until Ctrl-C/.exec(line)?.[1];
    expect(await (await fetch(`${address}readyz`)).text()).toBe("ok");
    const watch = await fetch(`${address}api/v1/pods?watch=true`);
    const broken = watch.text().catch(() => "broken off");
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await broken;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("wrong arguments are explained in a line", async () => {
  const child = start(["--port", "web"]);
  let said = "";
  child.stderr.on("data", (text) => (said += String(text)));
  const [code] = (await once(child, "close")) as [unknown];
  expect([code, said]).toEqual([1, 'Invalid --port: "web" is no port; it takes a number from 0 to 65535\n']);
});
