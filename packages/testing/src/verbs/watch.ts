import type { Outcome, WatchOutcome } from "../answers/outcome.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../serving/state.ts";
import type { Change } from "../store/collection.ts";
import { prefixOf } from "../store/key.ts";

/** What changes in a collection from now on. */
export function watch(call: Call, state: ServerState): Outcome {
  const collection = state.collection(call.resource);
  const prefix = prefixOf(call.namespace);
  const waiting: WatchOutcome[] = [];
  let wake: (() => void) | undefined;
  const stop = collection.watch((change) => {
    if (!change.key.startsWith(prefix)) return;
    waiting.push(eventOf(change));
    wake?.();
  });
  const { signal } = call.request;
  signal.addEventListener("abort", () => wake?.(), { once: true });
  async function* events(): AsyncGenerator<WatchOutcome, undefined> {
    try {
      while (!signal.aborted) {
        yield* waiting.splice(0);
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (waiting.length > 0 || signal.aborted) resolve();
        });
      }
    } finally {
      stop();
    }
  }
  return { kind: "watch", events: events() };
}

function eventOf({ before, after, last }: Change): WatchOutcome {
  return { type: after === undefined ? "DELETED" : before === undefined ? "ADDED" : "MODIFIED", object: last };
}
