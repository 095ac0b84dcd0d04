const ctrlP = 0x10;
const ctrlQ = 0x11;

/** What is to be passed on of what was typed, and whether the two keys came behind it. */
export interface Passed {
  readonly bytes: Uint8Array;
  readonly detached: boolean;
}

/** Finds ctrl-p ctrl-q in what is typed, however it is cut. A ctrl-p waits for the key behind it; what is behind the two is not passed on. */
export class DetachKeys {
  #held = false;

  push(typed: Uint8Array): Passed {
    const bytes: number[] = [];
    for (const byte of typed) {
      if (this.#held && byte === ctrlQ) return { bytes: new Uint8Array(bytes), detached: true };
      if (this.#held) bytes.push(ctrlP);
      this.#held = byte === ctrlP;
      if (!this.#held) bytes.push(byte);
    }
    return { bytes: new Uint8Array(bytes), detached: false };
  }
}
