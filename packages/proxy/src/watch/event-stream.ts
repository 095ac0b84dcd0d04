import type { ServerResponse } from "node:http";
import type { Clock } from "@kubewright/core";
import { type RelayEvent, streamHeader } from "@kubewright/runtime/relay";

/** Milliseconds between two signs of life. */
const heartbeatMs = 15_000;

const heartbeat = ":\n\n";
const lineEnd = Buffer.from("\n\n");

/** What a page's stream is made of. */
export interface EventStreamParts {
  readonly response: ServerResponse;
  /** Its name. */
  readonly name: string;
  /** Stand on the answer too. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Milliseconds in which the page takes nothing that waits for it, before it is given up. */
  readonly stallMs: number;
}

/** The answer that tells events, as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface EventStream {
  /** Aborts when it has ended, whoever ended it. */
  readonly ended: AbortSignal;
  /** Writes an event of a subscription, unless that has ended meanwhile. Resolves when there is room for the next, or the stream has ended. */
  write(id: string, event: RelayEvent, subscription?: AbortSignal): Promise<void>;
  /** Ends it. Harmless when repeated. */
  end(): void;
}

/** Begins the answer. */
export function createEventStream({ response, name, headers, clock, stallMs }: EventStreamParts): EventStream {
  const ending = new AbortController();
  let room: Promise<void> | undefined;
  let stopHeartbeat = (): void => {};

  function beat(): void {
    // A page that is behind hears enough of us.
    if (room === undefined) response.write(heartbeat);
    stopHeartbeat = clock.after(heartbeatMs, beat);
  }

  /** Waits until the page has taken what waits for it. */
  async function drained(): Promise<void> {
    await new Promise<void>((resolve) => {
      response.once("drain", resolve);
      ending.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    room = undefined;
  }

  function end(): void {
    stopHeartbeat();
    ending.abort();
    response.end();
  }

  response.once("close", end);
  // Only the socket knows of a page that takes a large object bit by bit.
  response.setTimeout(stallMs, () => {
    if (room !== undefined) response.destroy();
  });
  response.writeHead(200, {
    ...headers,
    "content-type": "text/event-stream",
    // Neither kept nor compressed on the way, which would hold events back.
    "cache-control": "no-store, no-transform",
    "content-encoding": "identity",
    "x-accel-buffering": "no",
    [streamHeader]: name,
  });
  beat();
  if (response.destroyed) end();
  return {
    ended: ending.signal,
    async write(id, { type, resourceVersion, data }, subscription) {
      // Many may wait for the same room.
      while (room !== undefined) await room;
      if (ending.signal.aborted || subscription?.aborted) return;
      const version = resourceVersion.replace(/[\0\r\n]/g, "");
      const head = Buffer.from(`event: ${type}\nid: ${id}:${version}\ndata: `);
      if (!response.write(Buffer.concat([head, data, lineEnd]))) room = drained();
      if (room !== undefined) await room;
    },
    end,
  };
}
