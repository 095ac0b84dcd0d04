import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../outcome/fault.ts";
import { shownPath } from "../outcome/shown-path.ts";
import { AskedThread } from "./asked-thread.ts";
import type { FileFacts } from "./receiver.ts";
import { type FileState, walkFolder, type WalkedBatch, type WalkFailure } from "./walk-folder.ts";

/** One thing that is to be copied; `names` are below what is copied, none for itself. */
export type Source =
  | { readonly kind: "folder"; readonly names: readonly string[]; readonly mode: number; readonly mtime: number }
  | { readonly kind: "symbolic link"; readonly names: readonly string[]; readonly mtime: number; readonly link: string }
  | {
      readonly kind: "file";
      readonly names: readonly string[];
      readonly facts: FileFacts;
      /** Its content: exactly `facts.size` bytes, or it throws. A piece of it stays as it is until the next one is asked for. */
      readonly content: Uint8Array | AsyncIterable<Uint8Array>;
    };

/** Windows has no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const pieceBytes = 256 * 1024;

/**
 * What lies at a path, a folder before what is in it, names in the order of their characters. The path itself may be a link; those
 * below it are links. `leftOut` is told what is no file, folder or link.
 */
export async function* readTree(
  path: string,
  leftOut: (path: string, reason: string) => void,
): AsyncGenerator<Source, void, undefined> {
  const found = await about(path, () => stat(path));
  const mode = found.mode & 0o777;
  const mtime = found.mtimeMs / 1000;
  if (found.isFile()) {
    yield { kind: "file", names: [], facts: { size: found.size, mode, mtime }, content: contentOf(path, found, true) };
  } else if (found.isDirectory()) {
    yield { kind: "folder", names: [], mode, mtime };
    for await (const { entries, bytes, failed } of batches(path)) {
      for (const entry of entries) {
        if (entry.kind === "left out") leftOut(entry.names.join("/"), entry.reason);
        else if (entry.kind !== "file") yield entry;
        else {
          const { names, mode: permissions, seen, content } = entry;
          const facts = { size: seen.size, mode: permissions, mtime: seen.mtimeMs / 1000 };
          const whole = content === undefined ? undefined : bytes.subarray(content.from, content.to);
          yield { kind: "file", names, facts, content: whole ?? contentOf(join(path, ...names), seen, false) };
        }
      }
      if (failed !== undefined) throw faultOf(failed);
    }
  } else {
    leftOut(".", "a device");
  }
}

/** The next ones are read while these are used. */
async function* batches(path: string): AsyncGenerator<WalkedBatch, void, undefined> {
  const thread = await AskedThread.start(walkFolder).catch(() => undefined);
  const here = walkFolder();
  const ask = (): Promise<WalkedBatch> => {
    const asked = thread === undefined ? Promise.resolve(here(path).answer) : thread.ask(path);
    // Nobody may wait for it any more.
    asked.catch(() => undefined);
    return asked;
  };
  try {
    let next = ask();
    for (;;) {
      const batch = await next;
      const isLast = batch.isLast || batch.failed !== undefined;
      if (!isLast) next = ask();
      yield batch;
      if (isLast) return;
    }
  } finally {
    await thread?.stop();
  }
}

function faultOf({ path, why, message, code }: WalkFailure): Fault {
  if (why === "changed") return changed(path);
  if (why === "too deep") return new Fault(`${shownPath(path)} lies in more than 128 folders`);
  return unreadable(path, Object.assign(new Error(message), { code }));
}

/**
 * The content of a file, which must stay as it is meanwhile. Each piece is read over the one before it: a new buffer for each would cost
 * more than all else that is done to it, since V8 collects its whole heap again and again when much lies outside of it.
 */
async function* contentOf(
  path: string,
  found: FileState,
  isRoot: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await about(path, () => open(path, constants.O_RDONLY | (isRoot ? 0 : noFollow)));
  try {
    if (!isSame(found, await about(path, () => handle.stat()))) throw changed(path);
    const buffer = Buffer.allocUnsafeSlow(Math.min(found.size, pieceBytes));
    for (let left = found.size; left > 0;) {
      const { bytesRead } = await about(path, () => handle.read(buffer, 0, Math.min(left, pieceBytes)));
      if (bytesRead === 0) throw changed(path);
      left -= bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (!isSame(found, await about(path, () => handle.stat()))) throw changed(path);
  } finally {
    await handle.close();
  }
}

function changed(path: string): Fault {
  return new Fault(`${shownPath(path)} changed while it was read; copy again`);
}

function isSame(one: FileState, other: FileState): boolean {
  return one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs;
}

/** What the platform says, with the path that it is about. */
async function about<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw unreadable(path, cause as Error);
  }
}

function unreadable(path: string, cause: Error): Fault {
  return new Fault(`${shownPath(path)} could not be read: ${cause.message}`, { cause });
}
