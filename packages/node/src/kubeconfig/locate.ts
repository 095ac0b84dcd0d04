import { posix, win32, type PlatformPath } from "node:path";
import { ConfigError } from "@kubewright/core";
import type { Surroundings } from "../settings/surroundings.ts";
import { isContent } from "../settings/syntax.ts";
import { readKubeconfigFile } from "./read-file.ts";

/** The path rules of the platform. */
export function pathsOf(around: Surroundings): PlatformPath {
  return around.platform === "win32" ? win32 : posix;
}

/** The files of `KUBECONFIG`, absolute and each once; undefined when it is unset or empty. `:` parts them, on Windows `;`. */
export function kubeconfigList(around: Surroundings): readonly string[] | undefined {
  const list = around.env["KUBECONFIG"];
  if (list === undefined || list === "") return undefined;
  if (isContent(list)) {
    throw new ConfigError(
      "Invalid KUBECONFIG: it must list files, but holds a kubeconfig; pass that as kubeconfigText",
    );
  }
  const { resolve } = pathsOf(around);
  const parts = around.platform === "win32" ? splitWindowsList(list) : list.split(":");
  return [...new Set(parts.filter((part) => part !== "").map((part) => resolve(around.workingDir, part)))];
}

// As Go's filepath.SplitList: quotes hide semicolons and are dropped.
function splitWindowsList(list: string): readonly string[] {
  const parts = [""];
  let quoted = false;
  for (const character of list) {
    if (character === '"') quoted = !quoted;
    else if (character === ";" && !quoted) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${character}`);
  }
  return parts;
}

/** Where kubectl's own kubeconfig is: `.kube/config` in the home directory. On Windows the first home that has one. */
export async function homeKubeconfig(around: Surroundings): Promise<string> {
  const { join } = pathsOf(around);
  const { env } = around;
  if (around.platform !== "win32") return join(env["HOME"] || around.homeDir, ".kube", "config");
  const drive = env["HOMEDRIVE"] && env["HOMEPATH"] ? env["HOMEDRIVE"] + env["HOMEPATH"] : "";
  for (const home of [env["HOME"], drive, env["USERPROFILE"]]) {
    const file = join(home ?? "", ".kube", "config");
    if (home && (await readKubeconfigFile(file, around)) !== undefined) return file;
  }
  return join(env["HOME"] || env["USERPROFILE"] || drive || around.homeDir, ".kube", "config");
}
