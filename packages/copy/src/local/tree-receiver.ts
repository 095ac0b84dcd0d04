import { chmod, lstat, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "../outcome/fault.ts";
import { shownPath } from "../outcome/shown-path.ts";
import { placeCopy, PlacedFile } from "./placed-file.ts";
import type { FileFacts, Receiver } from "./receiver.ts";
import { SmallFiles } from "./small-files.ts";

/** Up to here a file waits in memory until it is whole. Of larger ones so much is written at a time. */
const pieceBytes = 512 * 1024;

interface Begun {
  readonly path: string;
  readonly facts: FileFacts;
  pieces: Uint8Array[];
  waiting: number;
  file: PlacedFile | undefined;
  /** The piece that is being written; never rejects. */
  writing: Promise<void>;
  failed: { readonly error: unknown } | undefined;
}

/**
 * Makes files and folders below `root`, and nothing else. Folders that are there are filled; a symbolic link below `root` is never gone
 * through. `placed` is told the size of each file that has its place.
 */
export class TreeReceiver implements Receiver {
  readonly #root: string;
  readonly #placed: (bytes: number) => void;
  /** Folders that were seen to be folders, or made. */
  readonly #folders = new Set<string>();
  /** Folders that get a mode without which they could not be filled; the deepest last. */
  readonly #closed: { readonly path: string; readonly mode: number }[] = [];
  readonly #small: SmallFiles;
  #begun: Begun | undefined;

  constructor(root: string, placed: (bytes: number) => void) {
    this.#root = root;
    this.#placed = placed;
    this.#small = new SmallFiles(placed);
  }

  async folder(names: readonly string[], mode: number): Promise<void> {
    await this.#way(names.slice(0, -1), names.length > 0);
    await this.#folder(names, mode);
  }

  async begin(names: readonly string[], facts: FileFacts): Promise<void> {
    await this.#wayTo(names);
    const path = join(this.#root, ...names);
    const writing = Promise.resolve();
    this.#begun = { path, facts, pieces: [], waiting: 0, file: undefined, writing, failed: undefined };
  }

  async data(bytes: Uint8Array): Promise<void> {
    const begun = this.#current();
    begun.pieces.push(bytes);
    begun.waiting += bytes.length;
    if (begun.waiting >= pieceBytes) await this.#write(begun);
  }

  async end(): Promise<void> {
    const begun = this.#current();
    const { path, facts } = begun;
    if (begun.file === undefined) {
      this.#begun = undefined;
      await this.#small.add({ path, facts, pieces: begun.pieces });
      return;
    }
    await this.#write(begun);
    await this.#written(begun);
    await begun.file.place(facts);
    this.#begun = undefined;
    this.#placed(facts.size);
  }

  async again(names: readonly string[], first: readonly string[]): Promise<void> {
    await this.#small.done();
    await this.#wayTo(names);
    const from = join(this.#root, ...first);
    await placeCopy(join(this.#root, ...names), from);
    this.#placed((await lstat(from)).size);
  }

  async finish(): Promise<void> {
    await this.#small.done();
    await this.#small.stop();
    for (const { path, mode } of this.#closed.toReversed()) await chmod(path, mode);
  }

  async abandon(): Promise<void> {
    await this.#small.stop();
    await this.#begun?.writing;
    await this.#begun?.file?.abandon();
    for (const { path, mode } of this.#closed.toReversed()) await chmod(path, mode).catch(() => undefined);
  }

  #current(): Begun {
    if (this.#begun === undefined) throw new Error("data without a file");
    return this.#begun;
  }

  /** Writes what waits, while more comes. */
  async #write(begun: Begun): Promise<void> {
    begun.file ??= await PlacedFile.open(begun.path, begun.facts.mode);
    await this.#written(begun);
    const { file } = begun;
    const { pieces } = begun;
    begun.pieces = [];
    begun.waiting = 0;
    begun.writing = file.write(pieces).catch((error: unknown) => void (begun.failed = { error }));
  }

  async #written(begun: Begun): Promise<void> {
    await begun.writing;
    if (begun.failed !== undefined) throw begun.failed.error;
  }

  /** The folders above a file. */
  async #wayTo(names: readonly string[]): Promise<void> {
    if (names.length === 0) return this.#rootForFile();
    return this.#way(names.slice(0, -1), true);
  }

  async #way(names: readonly string[], withRoot: boolean): Promise<void> {
    if (!withRoot) return;
    for (let depth = 0; depth <= names.length; depth++) await this.#folder(names.slice(0, depth), 0o777);
  }

  async #folder(names: readonly string[], mode: number): Promise<void> {
    const path = join(this.#root, ...names);
    if (this.#folders.has(path)) return;
    if (names.length === 0) await mkdirs(dirname(path));
    // Until all is in it, its owner must be able to fill it.
    if (await isMade(path, mode | 0o700)) {
      if ((mode & 0o700) !== 0o700) this.#closed.push({ path, mode: (await stat(path)).mode & mode & 0o777 });
    } else {
      // What the caller named may be a link to a folder; below it none is gone through.
      const found = names.length === 0 ? await stat(path) : await lstat(path);
      if (found.isSymbolicLink()) throw new Fault(`${shownPath(path)} is a symbolic link, which is not gone through`);
      if (!found.isDirectory()) throw new Fault(`${shownPath(path)} is there, and is no folder`);
    }
    this.#folders.add(path);
  }

  async #rootForFile(): Promise<void> {
    await mkdirs(dirname(this.#root));
    const found = await stat(this.#root).catch(() => undefined);
    if (found?.isDirectory() === true)
      throw new Fault(
        `${shownPath(this.#root)} is a folder, and a file was to be copied there; end it with a / to copy into it`,
      );
  }
}

async function mkdirs(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new Fault(`${shownPath(path)} could not be made: ${(cause as Error).message}`, { cause });
  }
}

/** False where something is there already. */
async function isMade(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, mode);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new Fault(`${shownPath(path)} could not be made: ${(cause as Error).message}`, { cause });
  }
}
