import type { RequestInfo } from "../errors/kube-error.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { Output } from "../exec/output.ts";
import { shownAs } from "../inspection/shown-as.ts";
import { whatItIs } from "../input/what-it-is.ts";
import type { PodConnection } from "../types/pod-connection.ts";
import { type ConnectionEffect, type ConnectionEvent, newConnection, reduceConnection } from "./reduce-connection.ts";

/** Who asks for a connection. */
export interface Asking {
  readonly port: number;
  readonly request: RequestInfo;
  /** Each ends it at once, with its reason. */
  readonly stoppedBy: readonly AbortSignal[];
}

/** What carries a connection. */
export interface Carrier {
  readonly protocol: string;
  /** Sends some of it, and settles when there is room for more. Stops where `isOver` says so. */
  send(data: Uint8Array, isOver: () => boolean): Promise<void>;
  /** Tells the far end that nothing more is sent. */
  sendEnd(): void;
  /** The connection is over; settles when what was to be let go is gone. */
  ended(failed: boolean): Promise<void>;
}

/** A connection, and its end from below. */
export interface Carried {
  readonly connection: PodConnection;
  /** Settles when the far end has taken it, or it is over. */
  readonly opened: Promise<void>;
  /** False while more is unread than is kept. */
  readonly hasRoom: boolean;
  /** Resolves when there is room, or nobody wants any more. */
  room(): Promise<void>;
  happen(event: ConnectionEvent): void;
}

/** The skin around what carries a connection: {@link reduceConnection} says what is to be done. */
export function startConnection({ port, request, stoppedBy }: Asking, carrier: Carrier): Carried {
  let state = newConnection;
  let over: { readonly failed: boolean; readonly error?: unknown } | undefined;
  let gone: Promise<void> = Promise.resolve();
  let roomCame: (() => void) | undefined;
  let rejectWrite: ((error: unknown) => void) | undefined;
  const here = closedHere(request);
  const opened = settling();
  const closed = settling();

  const output = new Output(() => {
    if (!output.isFull) roomCame?.();
  });
  const reading = output[Symbol.asyncIterator]();

  function happen(event: ConnectionEvent): void {
    const reduced = reduceConnection(state, event, request);
    state = reduced.state;
    for (const effect of reduced.effects) act(effect);
  }

  function act(effect: ConnectionEffect): void {
    switch (effect.type) {
      case "opened":
        opened.resolve();
        break;
      case "output":
        output.push(effect.data);
        break;
      case "complete":
        output.end();
        break;
      case "incomplete":
        output.fail(effect.error, effect.drop);
        break;
      case "sendEnd":
        carrier.sendEnd();
        break;
      case "over":
        end(effect);
        break;
    }
  }

  function end(how: { readonly failed: boolean; readonly error?: unknown }): void {
    over = how;
    for (const signal of stoppedBy) signal.removeEventListener("abort", aborted);
    roomCame?.();
    rejectWrite?.(how.failed ? how.error : endedByPod(request));
    gone = carrier.ended(how.failed);
    if (how.failed) opened.reject(how.error);
    if (how.failed && how.error !== here) closed.reject(how.error);
    else closed.resolve();
  }

  function aborted(this: AbortSignal): void {
    happen({ type: "stopped", error: this.reason, drop: true });
  }

  async function close(): Promise<void> {
    happen({ type: "stopped", error: here, drop: false });
    await gone;
  }

  const readable = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reading.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: close,
    },
    // What waits, waits in `output`: where a stream of the platform fails, it drops what it holds.
    { highWaterMark: 0 },
  );

  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      if (!(chunk instanceof Uint8Array)) {
        const error = new InputError("chunk", `it must be bytes, not ${whatItIs(chunk)}`, { request });
        happen({ type: "stopped", error, drop: false });
        throw error;
      }
      if (over !== undefined) throw over.failed ? over.error : endedByPod(request);
      await new Promise<void>((resolve, reject) => {
        rejectWrite = reject;
        carrier.send(chunk, () => over !== undefined).then(resolve, reject);
      });
    },
    close() {
      // What had been sent may not have arrived.
      if (over?.failed === true) throw over.error;
      happen({ type: "inputEnded" });
    },
    abort: close,
  });

  for (const signal of stoppedBy) signal.addEventListener("abort", aborted, { once: true });
  const connection: Omit<PodConnection, typeof Symbol.asyncDispose> = {
    readable,
    writable,
    closed: closed.promise,
    close,
  };
  // Old browsers have no such symbol, and no syntax that would ask for it.
  if (Symbol.asyncDispose) Object.assign(connection, { [Symbol.asyncDispose]: close });
  const shown = { path: request.path, port, protocol: carrier.protocol };
  return {
    connection: shownAs(connection as PodConnection, "PodConnection", () => shown),
    opened: opened.promise,
    happen,
    get hasRoom() {
      return !output.isFull || over !== undefined;
    },
    async room() {
      await new Promise<void>((resolve) => (roomCame = resolve));
      roomCame = undefined;
    },
  };
}

interface Settling {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** A promise that nobody has to look at. */
function settling(): Settling {
  let settle: Omit<Settling, "promise">;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  promise.catch(() => undefined);
  return { promise, ...settle! };
}

function closedHere(request: RequestInfo): ConnectionError {
  return new ConnectionError("Closed: the connection was closed before the pod had ended it", { request });
}

function endedByPod(request: RequestInfo): ConnectionError {
  return new ConnectionError("Closed: the pod has ended the connection, and takes no more", { request });
}
