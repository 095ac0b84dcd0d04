import { ConfigError } from "@kubewright/core";
import type { Surroundings } from "../settings/surroundings.ts";
import { type KubeconfigSections, mergeSections, type OnBroken, readSections } from "./kubeconfig.ts";
import { homeKubeconfig, kubeconfigList, pathsOf } from "./locate.ts";
import { parseKubeconfig, parseKubeconfigBytes, strangersCeiling } from "./parse.ts";
import { readKubeconfigFile } from "./read-file.ts";

/** Where a kubeconfig is to be found; without either, as kubectl finds it: `KUBECONFIG`, else `~/.kube/config`. */
export interface KubeconfigSource {
  /** A file, which must exist. */
  readonly kubeconfig?: string | undefined;
  /** The text itself. */
  readonly kubeconfigText?: string | undefined;
  /** From a stranger: it may be 1 MiB large, else 32 MiB. */
  readonly untrusted?: boolean | undefined;
}

/**
 * Reads and merges the kubeconfig. Files of `KUBECONFIG` that do not exist are skipped; an explicit path must exist. Entries that
 * cannot be read go to `onBroken`; by default they are thrown, as kubectl refuses the whole file for them.
 */
export async function loadKubeconfig(
  source: KubeconfigSource,
  around: Surroundings,
  onBroken: OnBroken = fail,
): Promise<KubeconfigSections> {
  const { kubeconfig: path, kubeconfigText: text } = source;
  const ceiling = source.untrusted === true ? strangersCeiling : undefined;
  if (text !== undefined)
    return readSections(await parseKubeconfig(text, "kubeconfigText", ceiling), undefined, onBroken);
  if (path !== undefined) {
    const file = pathsOf(around).resolve(around.workingDir, path);
    const config = await loadFile(file, around, ceiling, onBroken);
    if (config === undefined) {
      throw new ConfigError(`No kubeconfig: there is no file ${file}; correct the path in \`kubeconfig\``);
    }
    return config;
  }
  const files = kubeconfigList(around) ?? [await homeKubeconfig(around)];
  const configs = await Promise.all(files.map((file) => loadFile(file, around, ceiling, onBroken)));
  return mergeSections(configs.filter((config) => config !== undefined));
}

async function loadFile(
  file: string,
  around: Surroundings,
  ceiling: number | undefined,
  onBroken: OnBroken,
): Promise<KubeconfigSections | undefined> {
  const bytes = await readKubeconfigFile(file, around);
  if (bytes === undefined) return undefined;
  return readSections(await parseKubeconfigBytes(bytes, file, ceiling), file, onBroken);
}

function fail(error: ConfigError): void {
  throw error;
}
