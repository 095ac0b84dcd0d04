import type { Duplex } from "node:stream";

/** Hands on what two sockets send each other. The end of one, or its break, is the end of the other, behind all that came before it. */
export function joinSockets(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from
      .on("error", () => {})
      .on("close", () => {
        to.end();
        // What it sends now reaches nobody; but unread, it would keep its own end from being seen.
        to.resume();
      })
      .pipe(to);
  }
}
