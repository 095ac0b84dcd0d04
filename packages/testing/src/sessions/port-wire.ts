import type { PortConnection } from "../hooks/hooks.ts";
import { BytePipe } from "./byte-pipe.ts";

/** How a connection's bytes reach the client. */
export interface PortWire {
  /** Settles when there is room for more. */
  send(data: Uint8Array): Promise<void>;
  /** Nothing more is sent. */
  end(): void;
  /** The connection could not be made, or broke. */
  fail(text: string): void;
}

/** A connection that is played, as its wire feeds it. */
export interface PlayedPort {
  /** Settles when there is room for more. */
  receive(data: Uint8Array): Promise<void>;
  /** The client sends no more. */
  end(): void;
  /** The client is gone. */
  leave(): void;
  /** Settles when it is over. */
  readonly over: Promise<void>;
}

export type ServePort = (connection: PortConnection) => void | Promise<void>;

/** Which port of which pod, and for whom. */
export type PortOf = Pick<PortConnection, "namespace" | "pod" | "port" | "user">;

/** Plays what listens at a port; undefined refuses, in the words of a kubelet. */
export function playPort(of: PortOf, serve: ServePort | undefined, wire: PortWire): PlayedPort {
  const input = new BytePipe();
  const gone = new AbortController();
  let isOver = false;
  const readable = readableOf(input);
  const writable = new WritableStream<Uint8Array>({
    write: async (data) => {
      if (!isOver) await wire.send(data.slice());
    },
  });
  const act = async (): Promise<void> => {
    if (serve === undefined) throw new Error(`dial tcp4 127.0.0.1:${of.port}: connect: connection refused`);
    await serve({ ...of, readable, writable, signal: gone.signal });
  };
  const settled = act().then(
    () => wire.end(),
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      wire.fail(`error forwarding port ${of.port} to pod ${of.pod}, uid : ${why}`);
    },
  );
  return {
    receive: (data) => input.write(data),
    end: () => input.end(),
    leave() {
      input.end();
      gone.abort();
    },
    over: settled.then(() => {
      isOver = true;
      input.leave();
    }),
  };
}

function readableOf(pipe: BytePipe): ReadableStream<Uint8Array> {
  const values = pipe[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await values.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => pipe.leave(),
    },
    { highWaterMark: 0 },
  );
}
