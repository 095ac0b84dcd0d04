import { readFile } from "node:fs/promises";
import { homedir } from "node:os";

/** What a configuration is made from beside the options: the process and its files. Tests bring their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform`; `"win32"` decides how paths and path lists are read. */
  readonly platform: string;
  /** The home directory as the system knows it; `$HOME` wins. */
  readonly homeDir: string;
  /** What relative paths in options are relative to. */
  readonly workingDir: string;
  /** The bytes of a file, undefined when there is none; rejects when it cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array | undefined>;
}

/** The surroundings of this process. */
export function processSurroundings(): Surroundings {
  return {
    env: process.env,
    platform: process.platform,
    homeDir: homedir(),
    workingDir: process.cwd(),
    readFile: readFileIfThere,
  };
}

/** The bytes of a file, or undefined when it does not exist. */
export async function readFileIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || (error as NodeJS.ErrnoException).code === "ENOTDIR")
      return undefined;
    throw error;
  }
}
