import { access, constants, stat } from "node:fs/promises";
import { posix, win32 } from "node:path";

/** The environment that decides what a command's name means. */
export interface CommandSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/**
 * The file that a command's name stands for, as Go's exec.LookPath finds it: a path is itself, a bare name is looked up in PATH.
 * Relative folders in PATH are passed over, so that the working folder cannot slip a program in. Undefined when there is none.
 */
export async function findCommand(command: string, { env, platform }: CommandSearch): Promise<string | undefined> {
  const { isAbsolute, join, delimiter } = platform === "win32" ? win32 : posix;
  const isPath = platform === "win32" ? /[\\/:]/.test(command) : command.includes("/");
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  const bases = isPath ? [command] : folders.map((folder) => join(folder, command));
  const endings = platform === "win32" ? windowsEndings(command, env) : [""];
  for (const base of bases) {
    for (const ending of endings) {
      if (await isProgram(base + ending, platform)) return base + ending;
    }
  }
  return undefined;
}

function windowsEndings(command: string, env: CommandSearch["env"]): readonly string[] {
  const endings = (env["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD")
    .toLowerCase()
    .split(";")
    .filter((ending) => ending !== "");
  return endings.some((ending) => command.toLowerCase().endsWith(ending)) ? [""] : endings;
}

async function isProgram(path: string, platform: string): Promise<boolean> {
  try {
    if (platform !== "win32") await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there or not executable: the search goes on.
    return false;
  }
}
