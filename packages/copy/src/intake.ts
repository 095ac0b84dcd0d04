import { ArchiveReader, type Entry } from "./archive/read-archive.ts";
import type { Receiver } from "./local/receiver.ts";
import { pathBelow } from "./names/path-below.ts";
import { TakenNames } from "./names/taken-names.ts";
import { Fault } from "./outcome/fault.ts";
import { shownPath } from "./outcome/shown-path.ts";
import type { Tally } from "./outcome/tally.ts";

/** What an archive may hold. */
export interface IntakeLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Hands what an archive holds to a receiver, after every check: no name, size or kind is believed. */
export class Intake {
  readonly #reader = new ArchiveReader();
  readonly #names = new TakenNames();
  /** The sizes of the files that were copied, by path: what other names of them can be copied from. */
  readonly #files = new Map<string, number>();
  readonly #root: string;
  readonly #receiver: Receiver;
  readonly #tally: Tally;
  readonly #limits: IntakeLimits;
  #entries = 0;
  #bytes = 0;
  /** A file that is left out while its content passes. */
  #leavesOut = false;
  /** What stands at the root; undefined until something does. */
  #rootLeftOut: string | undefined;

  /** `root` is the name that `tar` was asked for. */
  constructor(root: string, receiver: Receiver, tally: Tally, limits: IntakeLimits) {
    this.#root = root;
    this.#receiver = receiver;
    this.#tally = tally;
    this.#limits = limits;
  }

  /** @throws Fault for what cannot be copied safely, or not at all */
  async push(chunk: Uint8Array): Promise<void> {
    for (const event of this.#reader.push(chunk)) {
      if (event.type === "entry") await this.#entry(event.entry);
      else if (this.#leavesOut) continue;
      else if (event.type === "data") await this.#receiver.data(event.data);
      else await this.#receiver.end();
    }
  }

  /** @throws Fault where the archive was not whole, or what was asked for not in it */
  complete(): void {
    if (!this.#reader.isComplete)
      throw new Fault("the archive ended before its end: not everything has come", { isCut: true });
    if (this.#rootLeftOut === "a symbolic link")
      throw new Fault(
        'what was to be copied is a symbolic link; pass links: "follow", or end remote with a "/" for a folder',
      );
    if (this.#rootLeftOut !== undefined)
      throw new Fault(`what was to be copied is ${this.#rootLeftOut}, and only files and folders are`);
    if (this.#entries === 0) throw new Fault("the archive was empty");
  }

  async #entry(entry: Entry): Promise<void> {
    this.#entries += 1;
    this.#leavesOut = false;
    if (this.#entries > this.#limits.maxEntries)
      throw new Fault(`there are more than ${this.#limits.maxEntries} entries; raise maxEntries, or copy fewer`);
    if (!entry.isText) {
      // Where it would lie is not known, so there is no path to take.
      this.#leaveOut(entry.path, "its name, or that of the file it is another name of, is not UTF-8");
      return;
    }
    const names = pathBelow(this.#root, entry.path, process.platform === "win32");
    const path = names.join("/");
    switch (entry.kind) {
      case "folder":
        this.#names.take(names, "folder");
        return this.#receiver.folder(names, entry.mode);
      case "file":
        this.#count(entry.size);
        this.#names.take(names, "file");
        this.#files.set(path, entry.size);
        return this.#receiver.begin(names, entry);
      case "hard link":
        return this.#again(names, entry);
      default:
        this.#names.take(names, "left out");
        this.#leaveOut(path, `a ${entry.kind}`);
        if (names.length === 0) this.#rootLeftOut = `a ${entry.kind}`;
    }
  }

  async #again(names: readonly string[], { link }: Entry): Promise<void> {
    const first = pathBelow(this.#root, link, process.platform === "win32");
    const size = this.#files.get(first.join("/"));
    if (size === undefined) {
      this.#names.take(names, "left out");
      this.#leaveOut(names.join("/"), `another name of ${shownPath(link)}, which was not copied`);
      return;
    }
    this.#count(size);
    this.#names.take(names, "file");
    await this.#receiver.again(names, first);
  }

  #count(size: number): void {
    this.#bytes += size;
    if (this.#bytes > this.#limits.maxBytes)
      throw new Fault(`the files have more than ${this.#limits.maxBytes} bytes; raise maxBytes, or copy fewer`);
  }

  #leaveOut(path: string, reason: string): void {
    this.#leavesOut = true;
    this.#tally.skip(path === "" ? "." : path, reason);
  }
}
