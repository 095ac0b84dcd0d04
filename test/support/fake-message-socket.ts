import type { MessageSocket, SocketEnd } from "@kubewright/core";

/** A socket whose far end is the test. */
export interface FakeMessageSocket extends MessageSocket {
  /** What was sent, oldest first. */
  readonly sent: Uint8Array[];
  /** How many messages have been pulled. */
  readonly pulled: number;
  /** Whether it was closed from this side. */
  readonly isClosed: boolean;
  /** For how long it may wait for the next to be sent, as it was told since; undefined where somebody waits for it. */
  readonly idleMs: number | undefined;
  /** Whether there is room. Default true. */
  room(there: boolean): void;
  receive(...message: readonly (number | string | Uint8Array)[]): void;
  /** The far end closes in order. */
  end(end?: Partial<SocketEnd>): void;
  breakOff(error: unknown): void;
}

interface Reader {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

export function fakeMessageSocket(protocol = "v5.channel.k8s.io", pings = true): FakeMessageSocket {
  const sent: Uint8Array[] = [];
  const waiting: Uint8Array[] = [];
  let reader: Reader | undefined;
  let over: { readonly error?: unknown } | undefined;
  let pulled = 0;
  let isClosed = false;
  let hasRoom = true;
  let idleMs: number | undefined;
  const senders: (() => void)[] = [];
  let gone: (end: SocketEnd) => void;
  const closed = new Promise<SocketEnd>((resolve) => (gone = resolve));
  const settle = ({ resolve, reject }: Reader): void => {
    if (over !== undefined && "error" in over) reject(over.error);
    else resolve(done);
  };
  const finish = (how: { readonly error?: unknown }, end: SocketEnd = { code: undefined, reason: "" }): void => {
    over ??= how;
    if (reader !== undefined) settle(reader);
    reader = undefined;
    for (const free of senders.splice(0)) free();
    gone(end);
  };
  const close = (): Promise<void> => {
    isClosed = true;
    finish({});
    return Promise.resolve();
  };
  return {
    protocol,
    sent,
    closed,
    close,
    ...(pings ? { ping: () => Promise.resolve() } : {}),
    get pulled() {
      return pulled;
    },
    get idleMs() {
      return idleMs;
    },
    idle(ms) {
      idleMs = ms;
    },
    get isClosed() {
      return isClosed;
    },
    send(message) {
      if (over !== undefined) return Promise.reject(new Error("over"));
      sent.push(message);
      idleMs = undefined;
      return hasRoom ? Promise.resolve() : new Promise((resolve) => senders.push(resolve));
    },
    messages: {
      [Symbol.asyncIterator]: () => ({
        next() {
          const value = waiting.shift();
          if (value !== undefined) {
            pulled += 1;
            return Promise.resolve({ done: false, value });
          }
          return new Promise((resolve, reject) => {
            reader = { resolve, reject };
            if (over !== undefined) settle(reader);
          });
        },
        async return() {
          await close();
          return done;
        },
      }),
    },
    room(there) {
      hasRoom = there;
      if (there) for (const free of senders.splice(0)) free();
    },
    receive(...parts) {
      const message = new Uint8Array(
        Buffer.concat(
          parts.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part as Uint8Array))),
        ),
      );
      if (reader === undefined) {
        waiting.push(message);
        return;
      }
      pulled += 1;
      reader.resolve({ done: false, value: message });
      reader = undefined;
    },
    end: (end = {}) => finish({}, { code: 1000, reason: "", ...end }),
    breakOff: (error) => finish({ error }),
  };
}
