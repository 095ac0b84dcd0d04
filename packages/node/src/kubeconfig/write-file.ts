import { mkdir, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ConfigError } from "@kubewright/core";

/**
 * Writes a file whole or not at all, into a folder that exists; readable by its owner only, who stays the owner. A symbolic link
 * stays one; its target is replaced. Only a file that is a mount of its own is written in place. Rejects with a ConfigError when
 * it cannot be written.
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
  const target = (await ifThere(realpath(path))) ?? path;
  const former = await ifThere(stat(target));
  // Beside the target: a rename is atomic only within one file system.
  const fresh = `${target}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await open(fresh, "wx", 0o600);
    try {
      // Who acts as root for a moment must not take the file away from its owner.
      if (former !== undefined && former.uid !== (process.geteuid?.() ?? former.uid))
        await handle.chown(former.uid, former.gid);
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, target).catch(async (error: NodeJS.ErrnoException) => {
      // A file that was mounted by itself, as into a container, cannot be replaced.
      if (error.code !== "EBUSY") throw error;
      await writeFile(target, text, "utf8");
      await rm(fresh, { force: true });
    });
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
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
