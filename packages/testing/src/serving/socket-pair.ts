import { ConnectionError, type MessageSocket, type SocketEnd } from "@kubewright/core";

/** How much may be under way to an end that does not take it, in bytes. */
const windowBytes = 128 * 1024;

type Item =
  | { readonly is: "message"; readonly message: Uint8Array }
  | { readonly is: "ping"; readonly taken: () => void }
  | { readonly is: "close" }
  | { readonly is: "error"; readonly error: unknown };

interface Reader {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** One end of a connection in memory, which keeps what comes for it until it is pulled. */
export class PairedSocket implements MessageSocket {
  readonly protocol: string;
  readonly closed: Promise<SocketEnd>;
  readonly messages: AsyncIterable<Uint8Array>;
  #far: PairedSocket | undefined;
  #gone: (end: SocketEnd) => void = () => {};
  readonly #queue: Item[] = [];
  #waitingBytes = 0;
  readonly #senders: (() => void)[] = [];
  #reader: Reader | undefined;
  /** How it was over for this end. */
  #over: { readonly error?: unknown } | undefined;

  private constructor(protocol: string) {
    this.protocol = protocol;
    this.closed = new Promise((resolve) => (this.#gone = resolve));
    this.messages = {
      [Symbol.asyncIterator]: () => ({
        next: () => this.#next(),
        return: async () => {
          await this.close();
          return done;
        },
      }),
    };
  }

  /** Both ends. */
  static pair(protocol: string): readonly [PairedSocket, PairedSocket] {
    const ends = [new PairedSocket(protocol), new PairedSocket(protocol)] as const;
    ends[0].#far = ends[1];
    ends[1].#far = ends[0];
    return ends;
  }

  send(message: Uint8Array): Promise<void> {
    if (this.#over !== undefined) return Promise.reject(this.#reason());
    const far = this.#far as PairedSocket;
    far.#take({ is: "message", message });
    if (far.#waitingBytes <= windowBytes || far.#over !== undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      far.#senders.push(() => (this.#over?.error === undefined ? resolve() : reject(this.#over.error)));
    });
  }

  ping(): Promise<void> {
    if (this.#over !== undefined) return Promise.reject(this.#reason());
    return new Promise((taken) => this.#tell({ is: "ping", taken }));
  }

  close(): Promise<void> {
    this.#tell({ is: "close" });
    this.#finish({}, { code: undefined, reason: "" });
    return Promise.resolve();
  }

  /** The connection breaks: at once for this end, and for the far one after what is under way, or at once as well. */
  breakOff(error: unknown, far: { readonly error: unknown; readonly atOnce: boolean }): void {
    const end = this.#far as PairedSocket;
    if (far.atOnce) end.#finish({ error: far.error });
    else end.#take({ is: "error", error: far.error });
    this.#finish({ error });
  }

  #tell(item: Item): void {
    if (this.#far !== undefined) this.#far.#take(item);
  }

  #take(item: Item): void {
    if (this.#over !== undefined) return;
    this.#queue.push(item);
    if (item.is === "message") this.#waitingBytes += item.message.byteLength;
    if (this.#reader !== undefined) this.#serve();
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
      this.#serve();
    });
  }

  /** Gives what has come to who waits for it. */
  #serve(): void {
    while (this.#reader !== undefined) {
      const item = this.#over === undefined ? this.#queue.shift() : undefined;
      if (item === undefined) {
        if (this.#over !== undefined) this.#settle();
        return;
      }
      if (item.is === "message") {
        const { resolve } = this.#reader;
        this.#reader = undefined;
        this.#waitingBytes -= item.message.byteLength;
        if (this.#waitingBytes <= windowBytes) this.#free();
        resolve({ done: false, value: item.message });
      } else if (item.is === "ping") item.taken();
      else if (item.is === "close") this.#finish({}, { code: 1000, reason: "" });
      else this.#finish({ error: item.error });
    }
  }

  #finish(how: { readonly error?: unknown }, end: SocketEnd = { code: undefined, reason: "" }): void {
    if (this.#over !== undefined) return;
    this.#over = how;
    this.#queue.length = 0;
    this.#free();
    if (this.#far !== undefined) this.#far.#free();
    this.#settle();
    this.#gone(end);
  }

  #settle(): void {
    if (this.#over === undefined || this.#reader === undefined) return;
    const { resolve, reject } = this.#reader;
    this.#reader = undefined;
    if ("error" in this.#over) reject(this.#over.error);
    else resolve(done);
  }

  #free(): void {
    for (const free of this.#senders.splice(0)) free();
  }

  #reason(): unknown {
    return this.#over?.error ?? new ConnectionError("Closed: the connection was closed");
  }
}
