import { shownAs, type ShownFields } from "@kubewright/core";

/** What a handler gets events by. */
export interface Subscription extends AsyncDisposable {
  /** Ends it: the handler is called no more; one that runs is not waited for. Harmless when it has ended. */
  close(): Promise<void>;
}

/** Calls `handle` with all that `start` gives, one after the other, until it ends or is closed. `handle` must not throw. */
export class HandlerSubscription<E> implements Subscription {
  static {
    shownAs(this.prototype, "Subscription", (subscription) => subscription.#shown());
  }

  readonly close: () => Promise<void>;
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #shown: () => ShownFields;

  constructor(
    start: (signal: AbortSignal) => AsyncIterable<E>,
    handle: (event: E) => void | Promise<void>,
    outer: AbortSignal | undefined,
    shown: () => ShownFields,
  ) {
    const controller = new AbortController();
    const { signal } = controller;
    const abort = (): void => controller.abort();
    this.#shown = shown;
    this.close = async () => abort();
    // Old browsers have no such symbol, and no syntax that would ask for it.
    if (Symbol.asyncDispose) Object.assign(this, { [Symbol.asyncDispose]: this.close });
    if (outer?.aborted) return;
    outer?.addEventListener("abort", abort);
    void handleAll(start(signal), handle, signal).finally(() => outer?.removeEventListener("abort", abort));
  }
}

async function handleAll<E>(
  events: AsyncIterable<E>,
  handle: (event: E) => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of events) {
    // It may have been closed while the event was on its way here.
    if (signal.aborted) return;
    await handle(event);
  }
}
