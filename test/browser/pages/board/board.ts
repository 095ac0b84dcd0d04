/** How an object stood, and what the page was told of it. */
export interface Told {
  readonly type: "added" | "updated" | "deleted";
  readonly name: string;
  readonly version: string;
}

/** How something stands, and what is wrong with it in words. */
export interface Standing {
  readonly state: string;
  readonly error: string | undefined;
}

/** What the page of the tests lets tests ask, in `globalThis.board`. */
export interface Board {
  /** Another one after a reload. */
  readonly born: string;
  /** What was told to `onWarning`. */
  readonly warnings: readonly string[];
  /** The states of the connection, oldest first. */
  readonly states: readonly string[];
  /** How the connection stands. */
  connection(): Standing;
  /** Versions by name, as the informer of this resource has them. */
  rows(resource: string): Readonly<Record<string, string>>;
  /** All that the informer's subscription told, oldest first. */
  told(resource: string): readonly Told[];
  /** How each informer stands. */
  health(): Readonly<Record<string, Standing>>;
  /** Asks for the version, and gives the milliseconds that it took. */
  ask(): Promise<number>;
}

declare global {
  var board: Board;
}
