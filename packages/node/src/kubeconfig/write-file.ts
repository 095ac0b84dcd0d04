import { mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ConfigError } from "@kubewright/core";

/**
 * Writes a file whole or not at all, readable by its owner only. A symbolic link stays one; its target is replaced. Rejects with a
 * ConfigError when it cannot be written.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): ConfigError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  return new ConfigError(`Unwritable kubeconfig: ${path} (${code}); check the rights of the file and its folder`, {
    cause: error,
  });
}

async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return path;
    throw error;
  });
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  // Beside the target: a rename is atomic only within one file system.
  const fresh = `${target}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await open(fresh, "wx", 0o600);
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

const lockWaitMs = 5_000;

/**
 * Runs `work` while holding the locks that kubectl takes: `<file>.lock` beside each file, made anew (clientcmd/loader.go lockFile).
 * Waits up to five seconds for another program to finish.
 */
export async function withLocks<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
  const held: string[] = [];
  try {
    // In one order everywhere, so that two programs cannot wait for each other.
    for (const file of files.toSorted()) {
      await lock(file);
      held.push(`${file}.lock`);
    }
    return await work();
  } finally {
    await Promise.all(held.map((path) => rm(path, { force: true })));
  }
}

async function lock(file: string): Promise<void> {
  const path = `${file}.lock`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw unwritable(file, error);
  });
  const until = Date.now() + lockWaitMs;
  for (;;) {
    try {
      await (await open(path, "wx", 0o600)).close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unwritable(file, error);
      if (Date.now() >= until) {
        throw new ConfigError(
          `Locked kubeconfig: ${path} exists; remove it if no other program is changing the kubeconfig`,
        );
      }
      await setTimeout(50);
    }
  }
}
