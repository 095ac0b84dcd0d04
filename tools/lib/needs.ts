import { probe } from "./run.ts";

/** Why the real control plane cannot run on this machine; undefined where it can. */
export function whyNoControlPlane(): string | undefined {
  if (process.platform !== "linux") return `it runs on Linux only, this is ${process.platform}`;
  if (probe("go", ["version"]) === undefined) return "Go is not installed";
  return undefined;
}
