import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { probe } from "./run.ts";

/** Why the real control plane cannot run on this machine; undefined where it can. */
export function whyNoControlPlane(): string | undefined {
  if (process.platform !== "linux") return `it runs on Linux only, this is ${process.platform}`;
  if (probe("go", ["version"]) === undefined) return "Go is not installed";
  return undefined;
}

/** The browser of the tests; undefined where none is installed. */
export function chromiumProgram(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const programs = ["chromium-headless-shell", "chromium"].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return programs.find((program) => existsSync(program));
}

/** What is said where there is none. */
export const noChromium = "Chromium is not installed (Debian: apt-get install chromium-headless-shell)";
