import type { Writable } from "node:stream";

import type { Pacing } from "./pacing.ts";

/** What may wait here for the connection to take it. */
const windowBytes = 1024 * 1024;

/**
 * A server's {@link Pacing}: by what its connection takes, and no more, for here no command ends behind it. Not by pongs: those of a
 * client that sends at the same time stand behind what it sends, which may be unread until it has taken what waits for it.
 */
export function createWindow(stream: Writable): Pacing {
  return {
    sent() {},
    wantsPing: false,
    pinged() {},
    answered: () => 0,
    get hasRoom() {
      return stream.writableLength < windowBytes;
    },
    get underWay() {
      return stream.writableLength;
    },
  };
}
