import { ByteBuffer } from "@kubewright/core";
import { Input } from "../decode/input.ts";

const empty = new Uint8Array(0);

/** Bytes that arrive in chunks, to be read piece by piece where they are: only pieces that reach from one chunk into the next are copied. */
export class Source {
  /** What can be read. Replaced by {@link ensure}. */
  input: Input = new Input(empty);
  /** Set when no more chunks will come. */
  ended = false;
  /** What reaches from one chunk into the next. */
  readonly #joined = new ByteBuffer();
  #isJoined = false;
  /** What comes after `input`. */
  #rest: Uint8Array = empty;
  /** How many bytes came before `input`. */
  #before = 0;

  /** How many bytes have been read. */
  get position(): number {
    return this.#before + this.input.pos;
  }

  /** How many bytes can be read. */
  get available(): number {
    return this.input.len - this.input.pos;
  }

  /** Adds a chunk, after {@link ensure} said that there is too little. */
  push(chunk: Uint8Array): void {
    this.#rest = chunk;
  }

  /** Sees to it that the next `count` bytes stand in one piece. False if they have not come yet. */
  ensure(count: number): boolean {
    const { available } = this;
    if (available >= count) return true;
    const rest = this.#rest;
    if (rest.length === 0) return false;
    if (available === 0) {
      this.#rest = empty;
      this.#isJoined = false;
      this.#read(rest);
    } else {
      this.#join(available, Math.min(count - available, rest.length));
    }
    return this.available >= count;
  }

  #join(available: number, count: number): void {
    const { buf, pos } = this.input;
    if (this.#isJoined) this.#joined.drop(pos);
    else {
      this.#joined.length = 0;
      this.#joined.add(buf.subarray(pos, pos + available));
      this.#isJoined = true;
    }
    this.#joined.add(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    this.#read(this.#joined.view());
  }

  #read(bytes: Uint8Array): void {
    this.#before += this.input.pos;
    this.input = new Input(bytes);
  }
}
