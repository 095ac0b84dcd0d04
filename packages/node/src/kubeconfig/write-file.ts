import { mkdir, open, readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ConfigError } from "@kubewright/core";
import { fileProblem } from "../settings/file-problem.ts";

/**
 * Writes a file whole or not at all, into a folder that exists; readable by its owner only, who stays the owner. A symbolic link
 * stays one; its target is replaced, or made where it is not there yet. Only a file that is a mount of its own is written in place. Rejects with a ConfigError when
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
  const problem = fileProblem(error, "check the rights of the file and its folder");
  return new ConfigError(`Unwritable kubeconfig: ${path} ${problem}`, { cause: error });
}

/** Rejects with a ConfigError where something other than a file stands, which a file must not replace: a folder, a device. */
export async function checkWritable(path: string): Promise<void> {
  const there = await ifThere(stat(path)).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  if (there === undefined || there.isFile()) return;
  const kind = there.isDirectory()
    ? "a folder"
    : there.isFIFO()
      ? "a pipe"
      : there.isSocket()
        ? "a socket"
        : "a device";
  throw new ConfigError(
    `Unwritable kubeconfig: ${path} is ${kind}, not a file; name the file to change, or one that does not exist yet`,
  );
}

/** The file that a path means: where links lead, whether it is there yet or not. */
async function targetOf(path: string): Promise<string> {
  let target = path;
  // As often as Linux follows links.
  for (let links = 0; links <= 40; links++) {
    const folder = await realpath(dirname(target));
    target = join(folder, basename(target));
    const link = await readlink(target).catch(({ code }: NodeJS.ErrnoException) => {
      if (code === "EINVAL" || code === "ENOENT") return undefined;
      throw Object.assign(new Error(`cannot read the link ${target}`), { code });
    });
    if (link === undefined) return target;
    // Not joined, which would take .. for the folder above a link.
    target = isAbsolute(link) ? link : `${folder}/${link}`;
  }
  throw Object.assign(new Error("too many links"), { code: "ELOOP" });
}

async function replaceFile(path: string, text: string): Promise<void> {
  const target = await targetOf(path);
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
