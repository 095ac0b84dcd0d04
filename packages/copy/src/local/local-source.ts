import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { InputError, whatItIs } from "@kubewright/core";
import { Fault } from "../outcome/fault.ts";
import { readTree, type Source } from "./read-tree.ts";

/** A file that is made of bytes as they come. */
export interface BytesToCopy {
  /** How many bytes there are: `tar` has to know before they come. */
  readonly size: number;
  /** The bytes, as many as `size` says; read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What can be copied into a container: a path, the content of a file, or what brings it. */
export type LocalSource = string | Uint8Array | BytesToCopy;

/** What is copied, and can be asked for again unless it says otherwise. */
export interface ReadableSource {
  readonly kind: "file" | "folder";
  /** Its name; undefined for bytes, and for the root of a file system. */
  readonly ownName: string | undefined;
  read(leftOut: (path: string, reason: string) => void): AsyncIterable<Source>;
  /** Whether it can be read from its beginning. */
  readonly isFresh: boolean;
}

/** @throws InputError for what is not there, or cannot be copied */
export async function localSource(local: LocalSource): Promise<ReadableSource> {
  if (typeof local === "string") return pathSource(local);
  if (local instanceof Uint8Array) {
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      yield local;
    };
    const source = bytesSource(local.length, pieces);
    return { ...source, isFresh: true };
  }
  if (typeof local !== "object" || local === null || typeof local.bytes?.[Symbol.asyncIterator] !== "function")
    throw new InputError("local", `it must be a path, bytes, or { size, bytes }, not ${whatItIs(local)}`);
  const { size, bytes } = local;
  if (!Number.isSafeInteger(size) || size < 0)
    throw new InputError("local.size", "it must be a whole number of at least 0");
  let begun = false;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    begun = true;
    yield* exactly(size, bytes);
  };
  return {
    ...bytesSource(size, pieces),
    get isFresh() {
      return !begun;
    },
  };
}

async function pathSource(local: string): Promise<ReadableSource> {
  const path = resolve(local);
  const found = await stat(path).catch((cause: unknown) => {
    throw new InputError("local", `it cannot be read: ${(cause as Error).message}`, { cause });
  });
  if (!found.isFile() && !found.isDirectory())
    throw new InputError("local", "it is neither a file nor a folder, and only those can be copied");
  return {
    kind: found.isFile() ? "file" : "folder",
    ownName: basename(path) || undefined,
    isFresh: true,
    read: (leftOut) => readTree(path, leftOut),
  };
}

function bytesSource(size: number, pieces: () => AsyncGenerator<Uint8Array>): Omit<ReadableSource, "isFresh"> {
  return {
    kind: "file",
    ownName: undefined,
    async *read() {
      yield { kind: "file", names: [], facts: { size, mode: 0o644, mtime: Date.now() / 1000 }, content: pieces() };
    },
  };
}

async function* exactly(size: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = size;
  for await (const piece of bytes) {
    if (!(piece instanceof Uint8Array))
      throw new InputError("local.bytes", `it must bring bytes, not ${whatItIs(piece)}`);
    left -= piece.length;
    if (left < 0) throw new Fault(`local.bytes brings more than the ${size} bytes that local.size says`);
    yield piece;
  }
  if (left > 0) throw new Fault(`local.bytes brought ${size - left} of the ${size} bytes that local.size says`);
}
