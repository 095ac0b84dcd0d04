import { ConnectionError, OBJECT_LIMIT } from "@kubewright/core";
import type { RelayEvent } from "@kubewright/runtime/relay";
import { createParser } from "eventsource-parser";

/** An event of a stream, and whose it is. */
export interface StreamEvent {
  /** The `id` of the subscription. */
  readonly subscription: string;
  readonly event: RelayEvent;
}

const types: readonly string[] = ["added", "modified", "deleted", "bookmark", "error"] satisfies RelayEvent["type"][];
const encoder = new TextEncoder();

/**
 * The Server-Sent Events of a proxy. Each list is what one chunk completed, and may be empty: a heartbeat is a chunk too.
 *
 * @throws ConnectionError for what is no such event
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<readonly StreamEvent[], undefined> {
  let came: StreamEvent[] = [];
  let problem: ConnectionError | undefined;
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent({ event: type = "", id = "", data }) {
      const colon = id.indexOf(":");
      if (!types.includes(type) || colon < 0) {
        problem ??= new ConnectionError(
          `Undecodable: the proxy sent an event that is none of its own, ${type || "without a type"}`,
        );
        return;
      }
      const event: RelayEvent = {
        type: type as RelayEvent["type"],
        resourceVersion: id.slice(colon + 1),
        data: encoder.encode(data),
      };
      came.push({ subscription: id.slice(0, colon), event });
    },
    onError(cause) {
      problem ??= new ConnectionError("Undecodable: what the proxy sent is not a stream of events", { cause });
    },
    // An object in UTF-8 never has fewer bytes than characters; and a little for the lines around it.
    maxBufferSize: OBJECT_LIMIT + 1024,
  });
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (problem !== undefined) throw problem;
    const events = came;
    came = [];
    yield events;
  }
}
