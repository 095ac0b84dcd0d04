import { unlessAborted } from "@kubewright/core";

/** A value as it was fetched, and how long it is good for. */
export interface Fetched<T> {
  readonly value: T;
  /** When it ends, in milliseconds since 1970; undefined: it holds until the server refuses it. */
  readonly expiresAt?: number | undefined;
}

/** Something that changes while a connection lives: a token, a certificate. */
export interface Source<T> {
  /** The value to use now. Rejects when there is none, and with the signal's reason when it aborts first. */
  current(signal?: AbortSignal): Promise<T>;
  /** After the server refused `refused`: another value, or undefined when there is no other. */
  renew(refused: T, signal?: AbortSignal): Promise<T | undefined>;
}

/** How a {@link Rotating} behaves beside fetching. */
export interface RotatingOptions<T> {
  readonly equal: (one: T, other: T) => boolean;
  /** Go on with the last value when fetching fails, and tell `onFailure`: right for files, which are written anew at any time. */
  readonly keepLast?: boolean | undefined;
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

// A renewed value that is refused too, or that could not be fetched, is not asked for again at once: whoever lost their rights
// must not start a plugin with every request. The same bound covers clocks that differ: what arrives expired is used this long.
const restMs = 10_000;

/**
 * Fetches a value when it is first needed, ahead of its expiry, and after a refusal; whoever asks meanwhile shares one fetch. A signal
 * ends the waiting and never the fetch, also when all who waited are gone: what it brings is for the next.
 * Ahead of expiry the old value stays in use while the new one is fetched, at a moment that is drawn by lot, so that many
 * processes do not ask at once. No timers: an idle connection does nothing.
 */
export class Rotating<T> implements Source<T> {
  readonly #fetch: () => Promise<Fetched<T>>;
  readonly #options: RotatingOptions<T>;
  #held: { readonly value: T; readonly renewAt: number; readonly deadAt: number } | undefined;
  #fetching: Promise<T> | undefined;
  #restUntil = 0;

  constructor(fetch: () => Promise<Fetched<T>>, options: RotatingOptions<T>) {
    this.#fetch = fetch;
    this.#options = options;
  }

  async current(signal?: AbortSignal): Promise<T> {
    const held = this.#held;
    const now = Date.now();
    if (held === undefined) return unlessAborted(this.#fetchOnce(), signal);
    if (now < held.renewAt) return held.value;
    if (now >= held.deadAt) {
      if (this.#options.keepLast === true && now < this.#restUntil) return held.value;
      return unlessAborted(this.#fetchOnce(), signal);
    }
    if (now >= this.#restUntil) {
      // Its failure is not lost: the value still holds, and once it does not, the next fetch tells whoever waits for it.
      this.#fetchOnce().catch(() => undefined);
    }
    return held.value;
  }

  async renew(refused: T, signal?: AbortSignal): Promise<T | undefined> {
    const { equal } = this.#options;
    const held = this.#held?.value;
    if (held !== undefined && !equal(held, refused)) return held;
    if (Date.now() < this.#restUntil) return undefined;
    const renewed = await unlessAborted(this.#fetchOnce(), signal);
    if (!equal(renewed, refused)) return renewed;
    this.#restUntil = Date.now() + restMs;
    return undefined;
  }

  /** The server refused a renewed value too: do not renew again for a while. */
  rest(): void {
    this.#restUntil = Date.now() + restMs;
  }

  #fetchOnce(): Promise<T> {
    this.#fetching ??= this.#fetchAndHold().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchAndHold(): Promise<T> {
    const { keepLast, onFailure } = this.#options;
    let fetched: Fetched<T>;
    try {
      fetched = await this.#fetch();
    } catch (error) {
      this.#restUntil = Date.now() + restMs;
      if (keepLast !== true || this.#held === undefined) throw error;
      onFailure?.(error);
      return this.#held.value;
    }
    this.#held = { value: fetched.value, ...span(fetched.expiresAt, Date.now()) };
    return fetched.value;
  }
}

/** From when a value is renewed beside its use, and from when it is not used any more. */
function span(expiresAt: number | undefined, now: number): { readonly renewAt: number; readonly deadAt: number } {
  if (expiresAt === undefined) return { renewAt: Infinity, deadAt: Infinity };
  const life = Math.max(0, expiresAt - now);
  // Ten seconds for clocks that differ and requests on their way, as client-go's leeway; less for short lives.
  const deadAt = Math.max(now + restMs, expiresAt - Math.min(10_000, life / 5));
  const ahead = Math.min(60_000, (deadAt - now) / 4);
  return { renewAt: deadAt - ahead * (0.25 + 0.75 * Math.random()), deadAt };
}
