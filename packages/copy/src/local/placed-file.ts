import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "../outcome/fault.ts";
import { shownPath } from "../outcome/shown-path.ts";
import type { FileFacts } from "./receiver.ts";

/** Windows has no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/** The disk begins to take a large file while more of it comes: else all of it is waited for at the end. */
const syncedBytes = 16 * 1024 * 1024;

/** A file that is written beside its place, and is there whole or not at all. */
export class PlacedFile {
  readonly #path: string;
  readonly #beside: string;
  readonly #handle: FileHandle;
  #unsynced = 0;
  /** What the disk takes meanwhile; never rejects. */
  #syncing: Promise<void> = Promise.resolve();
  #failed: { readonly error: unknown } | undefined;

  private constructor(path: string, beside: string, handle: FileHandle) {
    this.#path = path;
    this.#beside = beside;
    this.#handle = handle;
  }

  static async open(path: string, mode: number): Promise<PlacedFile> {
    const beside = nameBeside(path);
    // "wx" follows no link and takes no file that is there.
    const handle = await about(path, () => open(beside, "wx", mode));
    return new PlacedFile(path, beside, handle);
  }

  async write(pieces: readonly Uint8Array[]): Promise<void> {
    for (let left = pieces; left.length > 0;) {
      const { bytesWritten } = await about(this.#path, () => this.#handle.writev(left));
      this.#unsynced += bytesWritten;
      left = behind(left, bytesWritten);
    }
    if (this.#unsynced < syncedBytes) return;
    this.#unsynced = 0;
    await this.#syncing;
    // What the platform says once of a failed write, it does not say again.
    this.#syncing = this.#handle.datasync().catch((error: unknown) => void (this.#failed ??= { error }));
  }

  /** Puts it into its place. A link that stands there is replaced, not followed. */
  async place({ mtime }: FileFacts): Promise<void> {
    await about(this.#path, async () => {
      await this.#syncing;
      if (this.#failed !== undefined) throw this.#failed.error;
      await this.#handle.utimes(mtime, mtime);
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#beside, this.#path);
    });
  }

  async abandon(): Promise<void> {
    await this.#syncing;
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#beside).catch(() => undefined);
  }
}

/** Writes a file whose content is there. */
export async function placeFile(path: string, pieces: readonly Uint8Array[], facts: FileFacts): Promise<void> {
  const file = await PlacedFile.open(path, facts.mode);
  try {
    await file.write(pieces);
    await file.place(facts);
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** Writes a file with the content of another that this copy has made. */
export async function placeCopy(path: string, first: string): Promise<void> {
  const from = await about(first, () => open(first, constants.O_RDONLY | noFollow));
  try {
    const { size, mode, mtimeMs } = await from.stat();
    const file = await PlacedFile.open(path, mode & 0o777);
    try {
      const buffer = new Uint8Array(1024 * 1024);
      for (;;) {
        const { bytesRead } = await about(first, () => from.read(buffer, 0, buffer.length));
        if (bytesRead === 0) break;
        await file.write([buffer.subarray(0, bytesRead)]);
      }
      await file.place({ size, mode, mtime: mtimeMs / 1000 });
    } catch (error) {
      await file.abandon();
      throw error;
    }
  } finally {
    await from.close();
  }
}

/** What of the pieces comes behind so many bytes. */
function behind(pieces: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let over = bytes;
  let from = 0;
  for (; from < pieces.length && over >= (pieces[from]?.length ?? 0); from++) over -= pieces[from]?.length ?? 0;
  const rest = pieces.slice(from);
  return over === 0 ? rest : rest.map((piece, index) => (index === 0 ? piece.subarray(over) : piece));
}

/** A name in the same folder that nobody has. */
export function nameBeside(path: string): string {
  return join(dirname(path), `.kubewright-${randomBytes(8).toString("hex")}.part`);
}

/** What the platform says, with the path that it is about. */
async function about<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new Fault(`${shownPath(path)} could not be written: ${(cause as Error).message}`, { cause });
  }
}
