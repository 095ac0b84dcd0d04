import { Fault } from "../outcome/fault.ts";
import { type Extended, readExtended, textOf } from "./extended-header.ts";
import { blockBytes, type Header512, paddingOf, readHeader } from "./header.ts";

/** An entry of an archive: what stands in it, unchecked. */
export interface Entry {
  readonly kind: "file" | "folder" | "symbolic link" | "hard link" | "device";
  /** U+FFFD stands for bytes that are no UTF-8. */
  readonly path: string;
  /** Whether `path`, and of a hard link `link`, are what the archive says. */
  readonly isText: boolean;
  readonly size: number;
  readonly mode: number;
  readonly mtime: number;
  readonly link: string;
}

/** What bytes of an archive come to. A file's data follow its entry, views of what was pushed; then comes its end. */
export type ArchiveEvent =
  | { readonly type: "entry"; readonly entry: Entry }
  | { readonly type: "data"; readonly data: Uint8Array }
  | { readonly type: "end of file" };

/** Names and extended headers are held whole: the longest that a file system takes have 4 KiB. */
const mostExtendedBytes = 64 * 1024;
/** GNU tar fills up to 10 KiB, or what TAPE or a blocking factor says. */
const mostBytesBehind = 16 * 1024 * 1024;
/** Headers in a row that say something about the next entry. */
const mostExtended = 16;

/** What is being read. */
type Place =
  | { readonly at: "header" }
  | { readonly at: "body"; left: number; readonly padding: number }
  | { readonly at: "extended"; readonly header: Header512; readonly body: Uint8Array; filled: number }
  | { readonly at: "behind"; count: number };

/**
 * Reads an archive as it comes, in any pieces. `tar`'s own Parser is not used: it puts long names together piece by piece and breaks
 * characters in two, drops a name with a newline from an extended header, goes on behind headers that are broken, and unpacks what is compressed.
 */
export class ArchiveReader {
  #place: Place = { at: "header" };
  #next: Extended = {};
  #extendedInRow = 0;
  #zeros = 0;
  /** The beginning of a block. */
  #block = new Uint8Array(blockBytes);
  #filled = 0;

  /** Whether the end of the archive has come: two blocks of zeros. */
  get isComplete(): boolean {
    return this.#place.at === "behind";
  }

  /** @throws Fault for what is no archive */
  *push(chunk: Uint8Array): Generator<ArchiveEvent, void, undefined> {
    for (let at = 0; at < chunk.length;) {
      const place = this.#place;
      if (place.at === "header") {
        const taken = chunk.subarray(at, at + blockBytes - this.#filled);
        this.#block.set(taken, this.#filled);
        this.#filled += taken.length;
        at += taken.length;
        if (this.#filled < blockBytes) return;
        this.#filled = 0;
        yield* this.#header(readHeader(this.#block));
      } else if (place.at === "body") {
        const data = chunk.subarray(at, at + place.left);
        const counted = Math.min(data.length, place.left - place.padding);
        if (counted > 0) yield { type: "data", data: data.subarray(0, counted) };
        if (counted > 0 && counted === place.left - place.padding) yield { type: "end of file" };
        place.left -= data.length;
        at += data.length;
        if (place.left === 0) this.#place = { at: "header" };
      } else if (place.at === "extended") {
        const taken = chunk.subarray(at, at + place.body.length - place.filled);
        place.body.set(taken, place.filled);
        place.filled += taken.length;
        at += taken.length;
        if (place.filled === place.body.length) this.#extended(place.header, place.body.subarray(0, place.header.size));
      } else {
        place.count += chunk.length - at;
        if (place.count > mostBytesBehind) throw new Fault("the archive goes on behind its end");
        return;
      }
    }
  }

  *#header(header: Header512 | undefined): Generator<ArchiveEvent, void, undefined> {
    if (header === undefined) {
      if (Object.keys(this.#next).length > 0)
        throw new Fault("the archive is broken: it ends behind an extended header");
      this.#zeros += 1;
      if (this.#zeros === 2) this.#place = { at: "behind", count: 0 };
      return;
    }
    if (this.#zeros > 0) throw new Fault("the archive is broken: it goes on behind a block of zeros");
    switch (header.kind) {
      case "extended":
      case "global":
      case "long name":
      case "long link":
        this.#beginExtended(header);
        return;
      case "sparse file":
        throw new Fault("the archive holds a sparse file, whose content it does not say");
      case "unknown":
        throw new Fault("the archive holds an entry of a kind that is not known");
      default:
        yield* this.#entry(header, header.kind);
    }
  }

  #beginExtended(header: Header512): void {
    this.#extendedInRow += 1;
    if (header.size === 0 || header.size > mostExtendedBytes || this.#extendedInRow > mostExtended)
      throw new Fault("the archive is broken: what it says about an entry is too long, or nothing");
    const body = new Uint8Array(header.size + paddingOf(header.size));
    this.#place = { at: "extended", header, body, filled: 0 };
  }

  #extended({ kind }: Header512, body: Uint8Array): void {
    this.#place = { at: "header" };
    if (kind === "global") {
      // Such as a comment. What it would say of every entry can be no name and no size.
      const { mtime: _, ...said } = readExtended(body);
      if (Object.keys(said).length > 0) throw new Fault("the archive gives all entries one name or size");
      return;
    }
    const said = kind === "extended" ? readExtended(body) : {};
    const name = textOf(untilZero(body)) ?? "";
    if (kind === "long name") said.path = name;
    if (kind === "long link") said.link = name;
    for (const key of Object.keys(said) as (keyof Extended)[]) {
      if (this.#next[key] !== undefined && this.#next[key] !== said[key])
        throw new Fault("the archive is broken: it says two things about one entry");
    }
    Object.assign(this.#next, said);
  }

  *#entry(header: Header512, kind: Entry["kind"]): Generator<ArchiveEvent, void, undefined> {
    const { sparse, path, link, size = header.size, mtime = header.mtime } = this.#next;
    this.#next = {};
    this.#extendedInRow = 0;
    if (sparse === true) throw new Fault("the archive holds a sparse file, whose content it does not say");
    if (!Number.isSafeInteger(size)) throw new Fault("the archive is broken: an entry has no size");
    if (size !== 0 && kind !== "file") throw new Fault(`the archive is broken: a ${kind} has content`);
    const names = { path: path ?? header.path, link: link ?? header.link };
    // Where a symbolic link leads concerns nobody.
    const texts = kind === "hard link" ? [names.path, names.link] : [names.path];
    const isText =
      path !== "" && (link !== "" || kind !== "hard link") && !texts.some((text) => text.includes("\ufffd"));
    if (isText && names.path === "") throw new Fault("the archive is broken: an entry has no name");
    const entry = { kind, ...names, isText, size, mode: header.mode, mtime };
    yield { type: "entry", entry };
    if (kind !== "file") return;
    if (size === 0) yield { type: "end of file" };
    else this.#place = { at: "body", left: size + paddingOf(size), padding: paddingOf(size) };
  }
}

function untilZero(body: Uint8Array): Uint8Array {
  const zero = body.indexOf(0);
  return zero === -1 ? body : body.subarray(0, zero);
}
