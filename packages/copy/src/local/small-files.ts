import { Fault } from "../outcome/fault.ts";
import { shownPath } from "../outcome/shown-path.ts";
import { AtOnce } from "./at-once.ts";
import { nameBeside, placeFile } from "./placed-file.ts";
import { AskedThread } from "./asked-thread.ts";
import { type BatchOutcome, type FileBatch, type FileOfBatch, placeFiles } from "./place-files.ts";
import type { FileFacts } from "./receiver.ts";

/** A file whose content is all there. */
export interface SmallFile {
  readonly path: string;
  readonly facts: FileFacts;
  readonly pieces: readonly Uint8Array[];
}

/** So many are written at once while there are no threads: each waits for the disk to have it. */
const filesAtOnce = 16;
/** A thread is not started for fewer: it takes some 30 ms, and memory. */
const worthThreads = 64;
const threads = 2;
/** What a thread is given at a time, at most but for a file more, and what may wait for one: so much is not left in the network. */
const mostInBatch = { files: 64, bytes: 512 * 1024 } as const;
const mostWaiting = { files: 4096, bytes: 8 * 1024 * 1024 } as const;

type PlacingThread = AskedThread<FileBatch, BatchOutcome>;

/** Puts small files into their places, many at once: a few from here, and as soon as there are many, by threads. */
export class SmallFiles {
  readonly #placed: (bytes: number) => void;
  readonly #fromHere = new AtOnce(filesAtOnce);
  readonly #threads: PlacingThread[] = [];
  readonly #idle: PlacingThread[] = [];
  readonly #busy = new Set<Promise<void>>();
  #starting: Promise<void> = Promise.resolve();
  #count = 0;
  #waiting: SmallFile[] = [];
  #waitingBytes = 0;
  #isScheduled = false;
  #failed: { readonly error: unknown } | undefined;

  /** `placed` is told the size of each file that has its place. */
  constructor(placed: (bytes: number) => void) {
    this.#placed = placed;
  }

  /** Takes it, once there is room. @throws what became of one of those before it */
  async add(file: SmallFile): Promise<void> {
    this.#count += 1;
    if (this.#count === worthThreads) this.#starting = this.#start();
    if (this.#threads.length === 0) {
      await this.#fromHere.add(async () => {
        await placeFile(file.path, file.pieces, file.facts);
        this.#placed(file.facts.size);
      });
      return;
    }
    this.#waiting.push(file);
    this.#waitingBytes += file.facts.size;
    this.#schedule();
    while (this.#waiting.length > mostWaiting.files || this.#waitingBytes > mostWaiting.bytes) {
      this.#rethrow();
      this.#dispatch();
      await Promise.race(this.#busy);
    }
    this.#rethrow();
  }

  /** Waits for all. @throws what became of one of them */
  async done(): Promise<void> {
    await this.#fromHere.done();
    this.#dispatch();
    while (this.#busy.size > 0) await Promise.all(this.#busy);
    this.#rethrow();
  }

  /** Waits for those that have begun, lets the others be, and takes no more. Never rejects. */
  async stop(): Promise<void> {
    this.#waiting = [];
    await this.#starting;
    await this.#fromHere.settled();
    await Promise.all(this.#busy);
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  /** Where there can be no threads, all are written from here. */
  async #start(): Promise<void> {
    await Promise.all(
      Array.from({ length: threads }, async () => {
        const thread = await AskedThread.start(placeFiles).catch(() => undefined);
        if (thread === undefined) return;
        this.#threads.push(thread);
        this.#idle.push(thread);
      }),
    );
  }

  /** Those that came in one piece go to a thread together. */
  #schedule(): void {
    if (this.#waiting.length >= mostInBatch.files) this.#dispatch();
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#failed === undefined && this.#waiting.length > 0) {
      const thread = this.#idle.pop();
      if (thread === undefined) return;
      const busy = this.#place(thread, this.#nextBatch()).finally(() => {
        this.#busy.delete(busy);
        this.#idle.push(thread);
        this.#dispatch();
      });
      this.#busy.add(busy);
    }
  }

  async #place(thread: PlacingThread, batch: FileBatch): Promise<void> {
    try {
      const { placed, failed } = await thread.ask(batch, [batch.bytes.buffer]);
      for (const index of placed) {
        const { from = 0, to = 0 } = batch.files[index] ?? {};
        this.#placed(to - from);
      }
      if (failed === undefined) return;
      const path = batch.files[failed.index]?.path ?? "";
      const cause = Object.assign(new Error(failed.message), { code: failed.code });
      throw new Fault(`${shownPath(path)} could not be written: ${failed.message}`, { cause });
    } catch (error) {
      this.#failed ??= { error };
    }
  }

  #nextBatch(): FileBatch {
    const taken: SmallFile[] = [];
    let size = 0;
    while (taken.length < mostInBatch.files && size < mostInBatch.bytes) {
      const file = this.#waiting[taken.length];
      if (file === undefined) break;
      taken.push(file);
      size += file.facts.size;
    }
    this.#waiting = this.#waiting.slice(taken.length);
    this.#waitingBytes -= size;
    const bytes = new Uint8Array(size);
    const files: FileOfBatch[] = [];
    let to = 0;
    for (const { path, facts, pieces } of taken) {
      const from = to;
      for (const piece of pieces) {
        bytes.set(piece, to);
        to += piece.length;
      }
      files.push({ path, beside: nameBeside(path), mode: facts.mode, mtime: facts.mtime, from, to });
    }
    return { bytes, files };
  }

  #rethrow(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
  }
}
