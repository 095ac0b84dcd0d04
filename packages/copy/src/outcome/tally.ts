import type { CopyResult, SkippedEntry } from "./copy-result.ts";

/** Counts what a copy does. */
export class Tally {
  #files = 0;
  #bytes = 0;
  readonly #skipped: SkippedEntry[] = [];

  file(bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
  }

  skip(path: string, reason: string): void {
    this.#skipped.push({ path, reason });
  }

  get result(): CopyResult {
    return { files: this.#files, bytes: this.#bytes, skipped: [...this.#skipped] };
  }
}
