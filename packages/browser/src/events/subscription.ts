import { type Clock, ConnectionError, StatusError } from "@kubewright/core";
import type { RelayEvent } from "@kubewright/runtime/relay";
import type { Batch } from "./watches.ts";

/** How long after it was taken a subscription waits for its first event, in milliseconds: a refusal comes at once, a change perhaps never. */
const firstMs = 1000;
/** How many bytes may wait for a reader; one that is further behind reads the collection anew, as with the API server. */
const mostBytes = 64 * 1024 * 1024;

/** One collection that is followed: what comes for it, and who reads it. */
export interface Subscription {
  /** What {@link Watches.watch} gives. */
  readonly opened: Promise<AsyncIterable<Batch>>;
  /** The server took it. */
  accepted(): void;
  /** Something came. After an `error` nothing more does. */
  push(event: RelayEvent): void;
  /** It broke off. */
  fail(error: unknown): void;
}

/** What a subscription is made of. */
export interface SubscriptionParts {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Called once, when its reader left or it is over. */
  over(): void;
  /** Called with how many events the reader took. */
  taken?(count: number): void;
}

/** Makes one that nothing has come for. */
export function createSubscription({ clock, signal, over, taken }: SubscriptionParts): Subscription {
  let resolve: (batches: AsyncIterable<Batch>) => void;
  let reject: (error: unknown) => void;
  const promise = new Promise<AsyncIterable<Batch>>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  // Nobody may be there any more to hear why.
  promise.catch(() => undefined);
  let waiting: RelayEvent[] = [];
  let bytes = 0;
  let opened = false;
  let stopWaiting: (() => void) | undefined;
  let ended: { readonly error: unknown } | "by itself" | undefined;
  let wake: (() => void) | undefined;

  function open(): void {
    if (opened) return;
    opened = true;
    stopWaiting?.();
    resolve({ [Symbol.asyncIterator]: () => ({ next, return: leave }) });
  }

  function end(how: NonNullable<typeof ended>): void {
    if (ended !== undefined) return;
    ended = how;
    stopWaiting?.();
    signal?.removeEventListener("abort", abort);
    wake?.();
    over();
  }

  function fail(error: unknown): void {
    if (!opened) reject(error);
    end({ error });
  }

  function abort(): void {
    waiting = [];
    fail(signal?.reason);
  }

  async function next(): Promise<IteratorResult<Batch, undefined>> {
    while (waiting.length === 0 && ended === undefined) {
      await new Promise<void>((awake) => (wake = awake));
      wake = undefined;
    }
    if (waiting.length > 0) {
      const value = waiting;
      waiting = [];
      bytes = 0;
      taken?.(value.length);
      return { done: false, value };
    }
    if (typeof ended === "object") throw ended.error;
    return { done: true, value: undefined };
  }

  function leave(): Promise<IteratorResult<Batch, undefined>> {
    waiting = [];
    end("by itself");
    return Promise.resolve({ done: true, value: undefined });
  }

  signal?.addEventListener("abort", abort);
  return {
    opened: promise,
    accepted() {
      if (!opened && ended === undefined) stopWaiting ??= clock.after(firstMs, open);
    },
    push(event) {
      if (ended !== undefined) return;
      if (event.type === "error" && !opened) return fail(refusalOf(event));
      waiting.push(event);
      bytes += event.data.length;
      open();
      if (event.type === "error") return end("by itself");
      if (bytes <= mostBytes) return wake?.();
      waiting = [];
      fail(new ConnectionError("Overrun: what changed came faster than it was read; it is read anew"));
    },
    fail,
  };
}

/** What the Status of an `error` event says. */
export function refusalOf({ data }: RelayEvent): StatusError {
  const status = JSON.parse(new TextDecoder().decode(data)) as StatusError["status"];
  return new StatusError(status, status.code ?? 500);
}
