import type { Clock } from "@kubewright/core";

/** The log of a container, as a test writes it, and how the container fares. It is over with its pod: one of the same name has another. */
export interface PodLog {
  /** Adds lines, each without its end. Who follows gets them at once. */
  write(...lines: readonly string[]): void;
  /** The container ends with this code, 0 unless given: who follows is at the end, and the pod's status says so. */
  end(exitCode?: number): void;
  /**
   * The container starts anew; one that runs ends before, with 0. What there was is the log of the run before, and the pod's status tells
   * of one restart more, of the beginning of this run and of how the one before ended.
   */
  restart(): void;
}

/** What becomes of a container. */
export type ContainerEvent = { readonly is: "ended"; readonly exitCode: number } | { readonly is: "restarted" };

/** A line, and when it was written, as RFC 3339 with nanoseconds. */
export interface LogLine {
  readonly at: string;
  readonly line: string;
}

/** What one run of a container has written. */
export interface LogRun {
  readonly lines: LogLine[];
  readonly isOver: boolean;
  /** Calls `listener` at the next change. */
  changed(listener: () => void): void;
}

class Run implements LogRun {
  readonly lines: LogLine[] = [];
  isOver = false;
  #listeners: (() => void)[] = [];

  changed(listener: () => void): void {
    this.#listeners.push(listener);
  }

  tell(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }

  end(): void {
    this.isOver = true;
    this.tell();
  }
}

/** The runs of a container. */
export interface LogRuns {
  readonly current: LogRun;
  readonly previous: LogRun | undefined;
}

/** The log of one container. */
export class ContainerLog implements PodLog, LogRuns {
  readonly #clock: Clock;
  #tell: (event: ContainerEvent) => void;
  #current = new Run();
  #previous: Run | undefined;
  #lastMs = 0;
  #count = 0;

  /** `tell` hears what becomes of the container. */
  constructor(clock: Clock, tell: (event: ContainerEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  get current(): LogRun {
    return this.#current;
  }

  get previous(): LogRun | undefined {
    return this.#previous;
  }

  write(...lines: readonly string[]): void {
    for (const line of lines) this.#current.lines.push({ at: this.#time(), line });
    this.#current.tell();
  }

  end(exitCode = 0): void {
    if (this.#current.isOver) return;
    this.#current.end();
    this.#tell({ is: "ended", exitCode });
  }

  restart(): void {
    this.#current.end();
    this.#previous = this.#current;
    this.#current = new Run();
    this.#tell({ is: "restarted" });
  }

  /** Its pod is gone: who follows is at the end, and nothing that is written from now on concerns anybody. */
  forget(): void {
    this.#tell = () => undefined;
    this.#current.end();
  }

  /** No two lines of a container have the same. */
  #time(): string {
    const now = Math.floor(this.#clock.wallNow());
    this.#count = now > this.#lastMs ? 0 : this.#count + 1;
    this.#lastMs = Math.max(now, this.#lastMs);
    const ms = this.#lastMs + Math.floor(this.#count / 1_000_000);
    const text = new Date(ms).toISOString();
    return `${text.slice(0, -1)}${String(this.#count % 1_000_000).padStart(6, "0")}Z`;
  }
}
