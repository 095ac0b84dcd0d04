import { type LogLine, sortable } from "./log-line.ts";

/** The lines of one log that wait to be merged. */
export class Lane {
  #lines: readonly LogLine[] = [];
  #at = 0;
  #taken = (): void => {};
  #over = false;
  #wake = (): void => {};
  /** By what its next line is sorted. */
  key = "";

  /** Resolves when all of them are merged. */
  deliver(lines: readonly LogLine[]): Promise<void> {
    if (this.#over) return Promise.resolve();
    return new Promise((taken) => {
      const before = this.#taken;
      this.#lines = this.#at === this.#lines.length ? lines : [...this.#lines.slice(this.#at), ...lines];
      this.#at = 0;
      this.#taken = () => {
        before();
        taken();
      };
      this.#wake();
    });
  }

  /** No more lines will come. */
  end(): void {
    this.#over = true;
    this.#wake();
  }

  /** Takes the next line. */
  next(): LogLine {
    const line = this.#lines[this.#at] as LogLine;
    this.#at += 1;
    return line;
  }

  /** Waits for a next line; false when there is none. */
  async ready(): Promise<boolean> {
    while (!this.hasNext()) {
      this.#taken();
      this.#taken = () => {};
      if (this.#over) return false;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return true;
  }

  /** Whether a next line is there without waiting. */
  hasNext(): boolean {
    if (this.#at === this.#lines.length) return false;
    this.key = sortable((this.#lines[this.#at] as LogLine).time);
    return true;
  }
}

/** So many merged lines are given at once. */
const mostAtOnce = 512;

/** Merges the lines of all lanes by their times, and gives what is there without waiting. Within a lane their order stays. */
export async function* merged(lanes: readonly Lane[]): AsyncGenerator<readonly LogLine[], undefined> {
  const heap: Lane[] = [];
  for (const lane of lanes) if (await lane.ready()) push(heap, lane);
  let lines: LogLine[] = [];
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    // It stays the first as long as no other lane's next line is older.
    const [, left, right] = heap;
    const other = left !== undefined && right !== undefined && right.key < left.key ? right : left;
    let there: boolean;
    do {
      lines.push(first.next());
      there = first.hasNext();
    } while (there && lines.length < mostAtOnce && (other === undefined || first.key <= other.key));
    if (!there || lines.length === mostAtOnce) {
      yield lines;
      lines = [];
    }
    if (there || (await first.ready())) sink(heap);
    else {
      const last = heap.pop() as Lane;
      if (heap.length > 0) {
        heap[0] = last;
        sink(heap);
      }
    }
  }
}

/** Adds a lane to a heap that has the smallest key first. */
function push(heap: Lane[], lane: Lane): void {
  let at = heap.push(lane) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if ((heap[above] as Lane).key <= lane.key) break;
    swap(heap, at, above);
    at = above;
  }
}

/** Brings the first lane to its place after its key grew. */
function sink(heap: Lane[]): void {
  for (let at = 0; ;) {
    let least = at;
    for (let below = 2 * at + 1; below <= 2 * at + 2 && below < heap.length; below++)
      if ((heap[below] as Lane).key < (heap[least] as Lane).key) least = below;
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function swap(heap: Lane[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b] as Lane, heap[a] as Lane];
}
