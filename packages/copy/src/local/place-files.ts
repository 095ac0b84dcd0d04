import type { Answer } from "./asked-thread.ts";

/** Files whose content is there: each is some of `bytes`. */
export interface FileBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly files: readonly FileOfBatch[];
}

export interface FileOfBatch {
  readonly path: string;
  /** Where it is written before it has its place. */
  readonly beside: string;
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly from: number;
  readonly to: number;
}

/** What became of a batch. */
export interface BatchOutcome {
  /** Which of its files have their place; of the others nothing is left. */
  readonly placed: readonly number[];
  /** What the platform said first, and of which file. */
  readonly failed: { readonly index: number; readonly message: string; readonly code: string | undefined } | undefined;
}

/**
 * A program for a thread: puts files into their places. All of a batch are written before the disk is waited for, and then for all at
 * once: it takes many in hardly more time than one.
 */
export function placeFiles(): (batch: FileBatch) => Promise<Answer<BatchOutcome>> {
  const fs = process.getBuiltinModule("node:fs");

  return async ({ bytes, files }) => {
    const placed: number[] = [];
    let failed: BatchOutcome["failed"];
    const fail = (index: number, { message, code }: NodeJS.ErrnoException): void => {
      failed ??= { index, message, code };
    };
    /** Whatever becomes of that. */
    const drop = (act: () => void): void => {
      try {
        act();
      } catch {
        // The first failure is told.
      }
    };
    const write = ({ beside, mode, mtime, from, to }: FileOfBatch): number => {
      // "wx" follows no link and takes no file that is there.
      const fd = fs.openSync(beside, "wx", mode);
      try {
        for (let at = from; at < to;) at += fs.writeSync(fd, bytes, at, to - at);
        fs.futimesSync(fd, mtime, mtime);
        return fd;
      } catch (error) {
        drop(() => fs.closeSync(fd));
        drop(() => fs.unlinkSync(beside));
        throw error;
      }
    };
    const place = async (fd: number, index: number, { path, beside }: FileOfBatch): Promise<void> => {
      let isOpen = true;
      try {
        await new Promise<void>((resolve, reject) =>
          fs.fsync(fd, (error) => (error === null ? resolve() : reject(error))),
        );
        isOpen = false;
        fs.closeSync(fd);
        fs.renameSync(beside, path);
        placed.push(index);
      } catch (error) {
        fail(index, error as NodeJS.ErrnoException);
        if (isOpen) drop(() => fs.closeSync(fd));
        drop(() => fs.unlinkSync(beside));
      }
    };
    const placing: Promise<void>[] = [];
    for (const [index, file] of files.entries()) {
      try {
        placing.push(place(write(file), index, file));
      } catch (error) {
        fail(index, error as NodeJS.ErrnoException);
        break;
      }
    }
    await Promise.all(placing);
    return { answer: { placed, failed }, moved: [] };
  };
}
