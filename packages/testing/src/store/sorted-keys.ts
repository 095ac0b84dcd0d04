/** Texts in the order of their characters, as etcd has its keys. */
export class SortedKeys {
  readonly #present = new Set<string>();
  #sorted: string[] = [];
  #dirty = false;

  has(key: string): boolean {
    return this.#present.has(key);
  }

  add(key: string): void {
    if (this.#present.has(key)) return;
    this.#present.add(key);
    // Those that come in order, such as web-1 after web-0, need no sorting.
    const last = this.#sorted.at(-1);
    if (!this.#dirty && (last === undefined || last < key)) this.#sorted.push(key);
    else this.#dirty = true;
  }

  delete(key: string): void {
    if (this.#present.delete(key)) this.#dirty = true;
  }

  /** Those that begin with `prefix` and are not below `start`, in order. They must not change meanwhile. */
  *from(prefix: string, start: string): Generator<string, undefined> {
    if (this.#dirty) {
      this.#sorted = [...this.#present].toSorted(byCharacters);
      this.#dirty = false;
    }
    const sorted = this.#sorted;
    for (let i = firstFrom(sorted, start > prefix ? start : prefix); i < sorted.length; i++) {
      const key = sorted[i]!;
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }
}

function byCharacters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The place of the first one that is not below `start`. */
function firstFrom(sorted: readonly string[], start: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
