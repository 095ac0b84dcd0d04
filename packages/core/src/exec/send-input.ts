import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { unlessAborted } from "../time/unless-aborted.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import type { StandardInput } from "../types/pod-run.ts";
import { inputEnd, inputMessages, subprotocols } from "./channels.ts";

/**
 * Sends the input, a piece whenever there is room, then its end if `tellsEnd`. `over` ends it at any time; the source is then left, but not waited for.
 * Rejects with what the source threw; resolves where the connection is gone, of which others tell.
 */
export async function sendInput(
  stdin: StandardInput,
  socket: MessageSocket,
  over: AbortSignal,
  tellsEnd: boolean,
): Promise<void> {
  const pieces = piecesOf(stdin)[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await unlessAborted(pieces.next(), over);
      ended = done === true;
      if (ended) break;
      for (const message of inputMessages(bytesOf(value))) {
        over.throwIfAborted();
        if (!(await isTaken(socket, message))) return;
      }
    }
    if (tellsEnd && socket.protocol === subprotocols.v5) await isTaken(socket, inputEnd());
  } catch (error) {
    if (!over.aborted) throw error;
  } finally {
    // Nobody waits for a source that is stuck; what its clean-up says concerns nobody any more.
    if (!ended) void Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
}

/** False where the connection is over: whoever reads its messages hears why. */
async function isTaken(socket: MessageSocket, message: Uint8Array): Promise<boolean> {
  try {
    await socket.send(message);
    return true;
  } catch {
    return false;
  }
}

function piecesOf(stdin: StandardInput): AsyncIterable<string | Uint8Array> {
  if (typeof stdin !== "string" && !(stdin instanceof Uint8Array)) return stdin;
  return {
    async *[Symbol.asyncIterator]() {
      yield stdin;
    },
  };
}

function bytesOf(piece: unknown): Uint8Array {
  if (typeof piece === "string") return new TextEncoder().encode(piece);
  if (piece instanceof Uint8Array) return piece;
  throw new InputError("stdin", `it must bring text or bytes, not ${whatItIs(piece)}`);
}
