/** A method of HTTP. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/**
 * When a request may be sent again. `safe`: twice is the same as once (reads; writes bound to a resourceVersion or uid; apply).
 * `refused`: only when the server says that it did not act, as with 429; upgrades too, for a command would run twice. `never`: the caller decides (eviction;
 * what follows a collection).
 */
export type Replay = "safe" | "refused" | "never";

/** Headers of a response. */
export interface ResponseHeaders {
  /** The header's values joined by `", "`; undefined if absent. `name` is lower-case. */
  get(name: string): string | undefined;
}
