import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestProject } from "vitest/node";
import type { ControlPlaneInfo } from "../../controlplane/info.ts";

/** Starts one API server for all tests of a run, in a process of its own as real ones are, and ends it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, ["--conditions=kubewright-source", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    project.provide("controlPlane", JSON.parse(line) as ControlPlaneInfo);
    return async () => {
      child.stdin.end();
      await ended;
    };
  }
  throw new Error("the API server said nothing");
}
