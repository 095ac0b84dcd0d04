import { Reader as AnyReader, Writer as AnyWriter } from "protobufjs/minimal.js";

// Only this file knows of protobufjs. What it offers for 64 bits needs objects of another library: int64.ts is instead.

/** Goes through bytes of the wire format. Each method reads what begins at `pos` and goes past it. */
export interface Reader {
  /** The bytes. */
  readonly buf: Uint8Array;
  /** The place of the next byte. */
  pos: number;
  /** Where it ends: the length of `buf`, or less. */
  len: number;
  /** The number of a field times 8, and its wire type. @throws Error for one that does not fit into 32 bits */
  tag(): number;
  /** A varint, of which the lowest 32 bits count. @throws Error past the end, or for one of more than ten bytes; so do all below */
  uint32(): number;
  /** The same, signed. */
  int32(): number;
  /** A length. @throws Error also for one of 2 GiB or more */
  size(): number;
  /** A varint; true unless it is zero. */
  bool(): boolean;
  /** Eight bytes. */
  double(): number;
  /** A length, then UTF-8; what is none becomes U+FFFD. */
  string(): string;
  /** A length, then bytes: a view of `buf`, no copy. */
  bytes(): Uint8Array;
  /** Goes past so many bytes; without a number, past a varint. */
  skip(length?: number): this;
  /** Goes past a value of a wire type, groups too. */
  skipType(wireType: number): this;
}

export const Reader: new (bytes: Uint8Array) => Reader = AnyReader;

/** Writes the wire format into bytes that grow. Each method gives the writer itself. */
export interface Writer {
  /** How many bytes there are. */
  readonly pos: number;
  /** A varint, such as a tag or a length. */
  uint32(value: number): this;
  /** A varint; of ten bytes below zero. */
  int32(value: number): this;
  /** A varint of a safe integer, or of the halves that int64.ts makes. */
  int64(value: number | { readonly low: number; readonly high: number; readonly unsigned: boolean }): this;
  /** One byte. */
  bool(value: boolean): this;
  /** Eight bytes. */
  double(value: number): this;
  /** A length, then UTF-8. */
  string(value: string): this;
  /** A length, then bytes, which may be given as base64. */
  bytes(value: Uint8Array | string): this;
  /** Bytes as they are, without a length. */
  raw(value: Uint8Array): this;
  /** Begins what {@link ldelim} ends. */
  fork(): this;
  /** Puts the length of what was written since {@link fork} before it. */
  ldelim(): this;
  /** Copies what was written to the start of `bytes`, which have room for it, and gives them back. */
  finishInto(bytes: Uint8Array): Uint8Array;
}

/** A writer; where there is Node's Buffer, one that writes long text by it, several times faster. */
export function createWriter(): Writer {
  return AnyWriter.create();
}
