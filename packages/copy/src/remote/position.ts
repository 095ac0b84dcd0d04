import { Fault } from "../outcome/fault.ts";

/** How much of what has come is asked for again, to see whether it is still the same. */
const overlapBytes = 64 * 1024;

/** Where an archive broke off, and whether what comes next goes on there. */
export class Position {
  #received = 0;
  /** The last pieces that came, at least {@link overlapBytes} of them. */
  #last: Uint8Array[] = [];
  #lastBytes = 0;
  /** What is passed over, then what must come again. */
  #skip = 0;
  #again = new Uint8Array(0);

  /** How many bytes another answer may leave out. */
  get skippable(): number {
    return Math.max(0, this.#received - overlapBytes);
  }

  /** Another answer begins, which leaves out so many bytes: {@link skippable}, or none. */
  begin(leftOut: number): void {
    this.#again = Buffer.concat(this.#last).subarray(-Math.min(overlapBytes, this.#received));
    this.#skip = this.#received - this.#again.length - leftOut;
  }

  /** What of the piece is new. @throws Fault where it is not what came before */
  take(piece: Uint8Array): Uint8Array {
    const behindSkipped = piece.subarray(Math.min(this.#skip, piece.length));
    this.#skip -= piece.length - behindSkipped.length;
    const known = this.#again.subarray(0, behindSkipped.length);
    if (Buffer.compare(known, behindSkipped.subarray(0, known.length)) !== 0) throw changed();
    this.#again = this.#again.subarray(known.length);
    const fresh = behindSkipped.subarray(known.length);
    this.#keep(fresh);
    return fresh;
  }

  /** The answer has ended. @throws Fault where it did not reach what came before: it was cut, or there is no more of it */
  end(): void {
    if (this.#skip > 0 || this.#again.length > 0)
      throw new Fault("the archive ended before what had come of it already: it was cut, or has changed", {
        isCut: true,
      });
  }

  #keep(fresh: Uint8Array): void {
    if (fresh.length === 0) return;
    this.#received += fresh.length;
    this.#last.push(fresh);
    this.#lastBytes += fresh.length;
    while (this.#lastBytes - (this.#last[0]?.length ?? 0) >= overlapBytes)
      this.#lastBytes -= this.#last.shift()?.length ?? 0;
  }
}

function changed(): Fault {
  return new Fault("what tar sends has changed since the connection broke, so the copy cannot go on; copy again");
}
