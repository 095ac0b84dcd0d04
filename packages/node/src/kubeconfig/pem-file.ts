import { ConfigError } from "@kubewright/core";
import { fileProblem } from "../settings/file-problem.ts";

/** The bytes of a PEM file. Rejects with a ConfigError when it is missing, unreadable or not PEM. */
export async function readPemFile(
  file: string,
  readFile: (path: string) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new ConfigError(`Unreadable certificate or key: ${file} ${fileProblem(error, "make it readable")}`, {
      cause: error,
    });
  }
  if (bytes === undefined)
    throw new ConfigError(`Missing certificate or key: there is no file ${file}; correct its path in the kubeconfig`);
  if (!Buffer.from(bytes).includes("-----BEGIN "))
    throw new ConfigError(`Bad certificate or key: ${file} is not PEM; it must begin with -----BEGIN`);
  return bytes;
}
