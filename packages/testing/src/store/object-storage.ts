import type { ApiObject } from "./api-object.ts";

/** Where the objects of a server outlive it. */
export interface ObjectStorage {
  /** What it holds. */
  load(): StoredState;
  /** Has happened when it returns; what it throws is what the write fails with, and then nothing happened. */
  write(write: StoredWrite): void;
  /** Lets go of every object. The next `load()` gives this revision, or that of a later write. */
  clear(revision: number): void;
}

/** One object, or that it is gone. */
export interface StoredWrite {
  /** Whose it is: as `store` of ResourceInfo. */
  readonly store: string;
  readonly key: string;
  readonly revision: number;
  /** Undefined: it is gone. */
  readonly object: ApiObject | undefined;
}

/** All that was written. */
export interface StoredState {
  /** That of the last write; undefined: there was none ever. */
  readonly revision: number | undefined;
  /** By store and key. */
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, ApiObject>>;
}
