import type { TestProject } from "vitest/node";
import type { ControlPlaneInfo } from "./info.ts";
import { startControlPlane } from "./start.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The control plane that all tests of a run share: keep to a namespace of your own. */
    controlPlane: ControlPlaneInfo;
  }
}

/** Starts one control plane per run, with every extra server, and stops it after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const controlPlane = await startControlPlane({ second: true, noWatchCache: true });
  project.provide("controlPlane", controlPlane.info());
  return () => controlPlane.stop();
}
