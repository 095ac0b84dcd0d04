import { Header } from "tar";
import { Fault } from "../outcome/fault.ts";

/** How long a block is; headers are one, and bodies are filled up to whole ones. */
export const blockBytes = 512;

/** What an entry is. `extended` and those below it say something about the next one. */
export type HeaderKind =
  | "file"
  | "folder"
  | "symbolic link"
  | "hard link"
  | "device"
  | "sparse file"
  | "extended"
  | "global"
  | "long name"
  | "long link"
  | "unknown";

/** What a header says. Texts that are no UTF-8 have U+FFFD. */
export interface Header512 {
  readonly kind: HeaderKind;
  readonly path: string;
  readonly size: number;
  /** The nine bits of permissions, without setuid and its like. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly link: string;
}

const kinds: Readonly<Record<string, HeaderKind>> = {
  File: "file",
  OldFile: "file",
  ContiguousFile: "file",
  Directory: "folder",
  SymbolicLink: "symbolic link",
  Link: "hard link",
  CharacterDevice: "device",
  BlockDevice: "device",
  FIFO: "device",
  SparseFile: "sparse file",
  ExtendedHeader: "extended",
  OldExtendedHeader: "extended",
  GlobalExtendedHeader: "global",
  NextFileHasLongPath: "long name",
  OldGnuLongPath: "long name",
  NextFileHasLongLinkpath: "long link",
};

/** Reads a block; undefined for one of zeros. @throws Fault for what is no header */
export function readHeader(block: Uint8Array): Header512 | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  let header: Header;
  try {
    // Nothing of the headers before it is given to the library: what they mean is decided here.
    header = new Header(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
  } catch (cause) {
    throw new Fault("the archive is broken: a header cannot be read", { cause });
  }
  const { cksumValid, type, path = "", size, mode = 0, mtime, linkpath = "" } = header;
  if (!cksumValid) throw new Fault("the archive is broken: a header has a wrong checksum");
  if (size === undefined || !Number.isSafeInteger(size)) throw new Fault("the archive is broken: an entry has no size");
  const seconds = mtime === undefined ? 0 : mtime.getTime() / 1000;
  return {
    kind: kinds[type as string] ?? "unknown",
    path,
    size,
    mode: mode & 0o777,
    mtime: Number.isFinite(seconds) ? seconds : 0,
    link: linkpath,
  };
}

/** What is written of an entry. */
export interface WrittenHeader {
  readonly kind: "file" | "folder" | "symbolic link";
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  readonly mtime: number;
  readonly link?: string | undefined;
}

const types = { file: "File", folder: "Directory", "symbolic link": "SymbolicLink" } as const;

/**
 * The blocks of an entry's header. Long names go before it as GNU's entries of their own: busybox knows those, and takes no name out of
 * the extended headers of POSIX.
 */
export function writeHeader({ kind, path, size, mode, mtime, link }: WrittenHeader): Uint8Array {
  const blocks: Uint8Array[] = [];
  const fits = (text: string): boolean => Buffer.byteLength(text) < 100;
  if (link !== undefined && !fits(link)) blocks.push(longText("NextFileHasLongLinkpath", link));
  if (!fits(path)) blocks.push(longText("NextFileHasLongPath", path));
  blocks.push(
    encoded({
      type: types[kind],
      path: fits(path) ? path : cut(path),
      size,
      mode: mode & 0o777,
      mtime: new Date(Math.floor(mtime) * 1000),
      ...(link === undefined ? {} : { linkpath: fits(link) ? link : cut(link) }),
    }),
  );
  return Buffer.concat(blocks);
}

function longText(type: "NextFileHasLongPath" | "NextFileHasLongLinkpath", text: string): Uint8Array {
  const body = Buffer.from(`${text}\0`);
  const header = encoded({ type, path: "././@LongLink", size: body.length, mode: 0o644, mtime: new Date(0) });
  return Buffer.concat([header, body, new Uint8Array(paddingOf(body.length))]);
}

function encoded(fields: ConstructorParameters<typeof Header>[0]): Uint8Array {
  const block = Buffer.alloc(blockBytes);
  new Header({ uid: 0, gid: 0, ...(fields as object) }).encode(block);
  return block;
}

/** What stands in the field that is too short; the long name counts. */
function cut(text: string): string {
  return Buffer.from(text)
    .subarray(0, 90)
    .toString("latin1")
    .replaceAll(/[^ -~]/g, "_");
}

/** How many zeros fill a body of this size up to whole blocks. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** The end of an archive: two blocks of zeros. */
export function writeEnd(): Uint8Array {
  return new Uint8Array(2 * blockBytes);
}
