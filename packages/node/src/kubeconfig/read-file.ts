import { ConfigError } from "@kubewright/core";
import { fileProblem } from "../settings/file-problem.ts";
import type { Surroundings } from "../settings/surroundings.ts";

/** The bytes of a kubeconfig, undefined when there is none. Rejects with a ConfigError that says what stands in its place. */
export async function readKubeconfigFile(
  file: string,
  { readFile }: Pick<Surroundings, "readFile">,
): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const problem = fileProblem(error, "make it readable or take it out of KUBECONFIG");
    throw new ConfigError(`Unreadable kubeconfig: ${file} ${problem}`, { cause: error });
  }
}
