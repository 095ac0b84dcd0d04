import { Fault } from "../outcome/fault.ts";
import type { FileFacts, Receiver } from "./receiver.ts";

/** Takes one file into a stream, as fast as the stream takes it. The stream is closed when all was well, and aborted when not. */
export class StreamReceiver implements Receiver {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #placed: (bytes: number) => void;
  #size = 0;

  constructor(stream: WritableStream<Uint8Array>, placed: (bytes: number) => void) {
    this.#writer = stream.getWriter();
    this.#placed = placed;
    // Its failure is seen when it is written to.
    this.#writer.closed.catch(() => undefined);
  }

  async folder(): Promise<void> {
    throw new Fault("it is a folder, and a stream takes one file");
  }

  async begin(names: readonly string[], { size }: FileFacts): Promise<void> {
    if (names.length > 0) throw new Fault("it is a folder, and a stream takes one file");
    this.#size = size;
  }

  async data(bytes: Uint8Array): Promise<void> {
    await this.#told(async () => {
      await this.#writer.ready;
      await this.#writer.write(bytes);
    });
  }

  async end(): Promise<void> {}

  async again(): Promise<void> {
    throw new Fault("there are several files, and a stream takes one");
  }

  async finish(): Promise<void> {
    await this.#told(() => this.#writer.close());
    this.#placed(this.#size);
    this.#writer.releaseLock();
  }

  async abandon(reason: unknown): Promise<void> {
    await this.#writer.abort(reason).catch(() => undefined);
    this.#writer.releaseLock();
  }

  async #told(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (cause) {
      throw new Fault("the stream took no more", { cause });
    }
  }
}
