import type { Answer } from "./asked-thread.ts";

/** What lies below a folder; `names` are those that lead to it. */
export type Walked =
  | { readonly kind: "folder"; readonly names: readonly string[]; readonly mode: number; readonly mtime: number }
  | { readonly kind: "symbolic link"; readonly names: readonly string[]; readonly mtime: number; readonly link: string }
  | { readonly kind: "left out"; readonly names: readonly string[]; readonly reason: string }
  | {
      readonly kind: "file";
      readonly names: readonly string[];
      readonly mode: number;
      readonly seen: FileState;
      /** Where in the bytes of the batch its content is; undefined for a large one. */
      readonly content: { readonly from: number; readonly to: number } | undefined;
    };

/** What shows that a file has changed. */
export interface FileState {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Some of what lies there, one behind the other. */
export interface WalkedBatch {
  readonly entries: readonly Walked[];
  readonly bytes: Uint8Array;
  /** Why it does not go on behind these; undefined where it does, or all has come. */
  readonly failed: WalkFailure | undefined;
  readonly isLast: boolean;
}

/** `message` and `code` are the platform's. */
export interface WalkFailure {
  readonly path: string;
  readonly why: "unreadable" | "changed" | "too deep";
  readonly message: string;
  readonly code: string | undefined;
}

/**
 * A program for a thread: what lies below a folder, batch by batch, a folder before what is in it, names in the order of their characters;
 * small files with their content. Asked again with the same folder, it goes on.
 */
export function walkFolder(): (root: string) => Answer<WalkedBatch> {
  const fs = process.getBuiltinModule("node:fs");
  const { join } = process.getBuiltinModule("node:path");
  const most = { depth: 128, entries: 128, bytes: 256 * 1024, small: 64 * 1024 } as const;
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  /** Follows no link, and waits for nobody where something else than a file has come there. Windows has no such flags: no bits. */
  const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
  let entries: Walked[] = [];
  let bytes = new Uint8Array(most.bytes + most.small);
  let used = 0;
  let path = "";
  let why: WalkFailure["why"] = "unreadable";
  let walking: Generator<undefined, void, undefined> | undefined;

  function fail(reason: WalkFailure["why"]): never {
    why = reason;
    throw new Error(reason);
  }

  const same = (one: FileState, other: FileState): boolean =>
    one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs;

  /** Its content goes to the end of the bytes. */
  function read(seen: FileState): { readonly from: number; readonly to: number } {
    const fd = fs.openSync(path, flags);
    try {
      // One byte more shows that it has grown.
      const count = fs.readSync(fd, bytes, used, seen.size + 1, null);
      if (count !== seen.size || !same(seen, fs.fstatSync(fd))) fail("changed");
      used += count;
      return { from: used - count, to: used };
    } finally {
      fs.closeSync(fd);
    }
  }

  function* folder(names: readonly string[], place: string): Generator<undefined, void, undefined> {
    path = place;
    for (const name of fs.readdirSync(place).toSorted()) {
      if (entries.length >= most.entries || used >= most.bytes) yield;
      path = join(place, name);
      yield* one([...names, name]);
    }
  }

  function* one(names: readonly string[]): Generator<undefined, void, undefined> {
    if (names.at(-1)?.includes("\ufffd") === true) {
      entries.push({ kind: "left out", names, reason: "its name is not UTF-8" });
      return;
    }
    const found = fs.lstatSync(path);
    const { ino, size, mtimeMs } = found;
    const mode = found.mode & 0o777;
    const mtime = mtimeMs / 1000;
    if (found.isFile()) {
      const seen = { ino, size, mtimeMs };
      entries.push({ kind: "file", names, mode, seen, content: size < most.small ? read(seen) : undefined });
    } else if (found.isSymbolicLink()) {
      const link = fs.readlinkSync(path);
      if (link.includes("\ufffd"))
        entries.push({ kind: "left out", names, reason: "a symbolic link to a name that is not UTF-8" });
      else entries.push({ kind: "symbolic link", names, mtime, link });
    } else if (found.isDirectory()) {
      if (names.length > most.depth) fail("too deep");
      entries.push({ kind: "folder", names, mode, mtime });
      yield* folder(names, path);
    } else entries.push({ kind: "left out", names, reason: "a device" });
  }

  return (root) => {
    walking ??= folder([], root);
    let failed: WalkFailure | undefined;
    let isLast = true;
    try {
      isLast = walking.next().done === true;
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      failed = { path, why, message, code };
    }
    const answer = { entries, bytes: bytes.subarray(0, used), failed, isLast };
    const moved = [bytes.buffer];
    entries = [];
    bytes = new Uint8Array(most.bytes + most.small);
    used = 0;
    return { answer, moved };
  };
}
