import type { Clock } from "@kubewright/core";

/** What a controller has to look at: each thing once, however often it was named, and after the write that named it. */
export interface Work<T> {
  add(thing: T): void;
  end(): void;
}

/** Does it one by one, as soon as the clock lets it. What `act` throws is thrown by the clock: it is a fault of the server. */
export function createWork<T>(clock: Clock, act: (thing: T) => void): Work<T> {
  const waiting = new Set<T>();
  let cancel: (() => void) | undefined;
  const run = (): void => {
    cancel = undefined;
    for (const thing of waiting) {
      waiting.delete(thing);
      act(thing);
    }
  };
  return {
    add(thing) {
      waiting.add(thing);
      cancel ??= clock.after(0, run);
    },
    end() {
      waiting.clear();
      cancel?.();
    },
  };
}
