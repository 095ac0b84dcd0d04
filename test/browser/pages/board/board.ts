/** How an object stood, and what the page was told of it. */
export interface Told {
  readonly type: "added" | "updated" | "deleted";
  readonly name: string;
  readonly version: string;
}

/** What the page of the tests lets tests ask, in `globalThis.board`. */
export interface Board {
  /** Another one after a reload. */
  readonly born: string;
  /** What was told to `onWarning`. */
  readonly warnings: readonly string[];
  /** Versions by name, as the informer of this resource has them. */
  rows(resource: string): Readonly<Record<string, string>>;
  /** All that the informer's subscription told, oldest first. */
  told(resource: string): readonly Told[];
  /** The state of each informer, and its error in words. */
  health(): Readonly<Record<string, { readonly state: string; readonly error: string | undefined }>>;
  /** Asks for the version, and gives the milliseconds that it took. */
  ask(): Promise<number>;
}

declare global {
  var board: Board;
}
