import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until the lock is ours and returns what gives it back. A lock whose process has died is taken over.
 * `waiting` is called once if somebody else has it.
 */
export async function lockFile(path: string, waiting: () => void): Promise<() => void> {
  // A link appears with its content or not at all, so nobody reads a lock without an owner.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let first = true; ; first = false) {
      try {
        linkSync(mine, path);
        return () => rmSync(path);
      } catch (error) {
        if (!hasCode(error, "EEXIST")) throw error;
      }
      if (isAbandoned(path)) {
        rmSync(path, { force: true });
        continue;
      }
      if (first) waiting();
      await sleep(300);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAbandoned(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, "utf8")), 0);
    return false;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false; // given back meanwhile
    return hasCode(error, "ESRCH");
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
