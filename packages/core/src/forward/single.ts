import { ConnectionError } from "../errors/transport-errors.ts";
import type { Clock } from "../time/clock.ts";
import { keepAlive } from "../transport/keep-alive.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import { type Asking, type Carried, startConnection } from "./connection.ts";
import type { Half } from "./reduce-connection.ts";
import { closedEarly } from "./socket-end.ts";

/** The channel that a message's first byte names. https://pkg.go.dev/k8s.io/cri-streaming/pkg/streaming/portforward */
const channels: Readonly<Record<number, Half>> = { 0: "data", 1: "error" };

/** Each channel begins with the number of its port. */
const portBytes = 2;

/** How much of ours a message holds: the server answers no ping while it hands one on. */
const pieceBytes = 64 * 1024;

/** How long a pod may be silent that cannot be told that no more comes. */
const silenceMs = 30_000;

/** A close frame with this code is the server's own, behind all that it had to send. */
const closedInOrder = 1000;

/** A WebSocket that is one connection, as `v4.channel.k8s.io` has it. */
export function startSingle(socket: MessageSocket, clock: Clock, asking: Asking): Carried {
  const { request } = asking;
  const begun: Record<Half, number> = { data: 0, error: 0 };
  const decoder = new TextDecoder();
  let isOver = false;
  let stopWaiting: (() => void) | undefined;

  function read(message: Uint8Array): void {
    const half = channels[message[0] ?? -1];
    if (half === undefined) return;
    const before = Math.min(portBytes - begun[half], message.byteLength - 1);
    begun[half] += before;
    if (before > 0 && begun[half] === portBytes) carried.happen({ type: "taken", half });
    const data = message.subarray(1 + before);
    if (data.byteLength === 0) return;
    if (half === "data") carried.happen({ type: "received", data });
    else carried.happen({ type: "said", text: decoder.decode(data, { stream: true }) });
    if (stopWaiting !== undefined) awaitEnd();
  }

  async function receive(): Promise<void> {
    try {
      for await (const message of socket.messages) {
        kept.heard();
        read(message);
        if (!carried.hasRoom) await carried.room();
      }
      const end = await socket.closed;
      if (end.code !== closedInOrder) carried.happen({ type: "lost", error: closedEarly(end, request) });
      carried.happen({ type: "ended", half: "error" });
      carried.happen({ type: "ended", half: "data" });
    } catch (error) {
      carried.happen({ type: "lost", error });
    }
  }

  /** The pod cannot be told that no more comes. One that waits for just that would wait for ever. */
  function awaitEnd(): void {
    stopWaiting?.();
    stopWaiting = clock.after(silenceMs, () => {
      const why = `HalfClosed: a connection over ${socket.protocol} cannot tell the pod that no more comes, and it has sent nothing for ${silenceMs / 1000} s; close the writable side when the answer is complete`;
      if (carried.hasRoom) carried.happen({ type: "lost", error: new ConnectionError(why, { request }) });
      else awaitEnd();
    });
  }

  const carried = startConnection(asking, {
    protocol: socket.protocol,
    async send(data, isOverNow) {
      for (let at = 0; at < data.byteLength && !isOverNow(); at += pieceBytes) {
        const piece = data.subarray(at, at + pieceBytes);
        const message = new Uint8Array(piece.byteLength + 1);
        message.set(piece, 1);
        await socket.send(message);
      }
    },
    sendEnd() {
      if (!isOver) awaitEnd();
    },
    async ended() {
      isOver = true;
      kept.stop();
      stopWaiting?.();
      await socket.close();
    },
  });
  const kept = keepAlive(socket, clock, () => {
    // While nobody reads, the pod may have ended unseen.
    if (carried.hasRoom) void socket.send(new Uint8Array(0)).catch(() => undefined);
  });
  void receive();
  for (const signal of asking.stoppedBy)
    if (signal.aborted) carried.happen({ type: "stopped", error: signal.reason, drop: true });
  return carried;
}
