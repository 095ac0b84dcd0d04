import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { Clock } from "../time/clock.ts";
import { keepAlive, type KeptAlive } from "../transport/keep-alive.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import { type Asking, type Carried, startConnection } from "./connection.ts";
import type { Half } from "./reduce-connection.ts";
import { closedEarly } from "./socket-end.ts";
import { createFrameReader, dataFrames, endFrame, openFrame, pingFrame, type TunnelFrame } from "./spdy-frames.ts";

/**
 * SPDY/3.1 within a WebSocket. It could carry many connections; it carries one at a time, since nothing in it says how much the far
 * end takes, and a pod that leaves one unread would block all.
 */
export interface Tunnel {
  /** Asks for a connection. Only while there is none. */
  connect(asking: Asking): Carried;
  /** Nothing can be carried any more. */
  readonly isOver: boolean;
  close(): Promise<void>;
}

/** What a tunnel tells. */
export interface TunnelEvents {
  /** Its connection has ended, and it can carry another. */
  free(): void;
  /** It can carry nothing any more. */
  gone(): void;
}

/** `opening`: the request that opened it. */
export function startTunnel(socket: MessageSocket, clock: Clock, opening: RequestInfo, events: TunnelEvents): Tunnel {
  let lastStream = -1;
  let lastPing = -1;
  let current: { readonly carried: Carried; readonly streams: Readonly<Record<Half, number>> } | undefined;
  let isOver = false;
  let pinging = false;
  /** While there is a connection. */
  let kept: KeptAlive | undefined;
  let decoder = new TextDecoder();

  const read = createFrameReader((frame) => {
    if (frame.type === "malformed") malformed(frame.why);
    else if (frame.type === "goAway") {
      retire();
      if (current === undefined) void close();
    } else if (frame.type === "ping") {
      // The numbers of its own are even.
      if (frame.id % 2 === 0) send(pingFrame(frame.id));
    } else happen(frame);
  });

  function malformed(why: string): void {
    const what = `BadFrames: what came through the tunnel is not SPDY/3.1: ${why}; check what stands between here and the API server`;
    lose(new ConnectionError(what, { request: opening }));
  }

  function happen(frame: Extract<TunnelFrame, { readonly stream: number }>): void {
    if (frame.stream > lastStream) malformed("a stream that nobody asked for");
    if (current === undefined) return;
    const { carried, streams } = current;
    // What is left of a connection before concerns nobody.
    const half = frame.stream === streams.data ? "data" : frame.stream === streams.error ? "error" : undefined;
    if (half === undefined) return;
    if (frame.type === "reply") carried.happen({ type: "taken", half });
    else if (frame.type === "end") carried.happen({ type: "ended", half });
    else if (frame.type === "reset") carried.happen({ type: "reset", half });
    else if (half === "data") carried.happen({ type: "received", data: frame.data });
    else carried.happen({ type: "said", text: decoder.decode(frame.data, { stream: true }) });
  }

  /** What nobody waits for. Where it cannot be sent, the tunnel is over, and `receive` hears why. */
  function send(message: Uint8Array): void {
    socket.send(message).catch(() => undefined);
  }

  /**
   * Behind what was sent: once it is answered, silence proves that the connection is dead, which it does not while something of ours waits
   * to be taken. There is no command here whose status an unread ping could cost.
   */
  function ping(): void {
    if (pinging || isOver) return;
    pinging = true;
    const answered = (): void => void (pinging = false);
    socket.ping?.().then(answered, answered);
  }

  function retire(): void {
    if (isOver) return;
    isOver = true;
    events.gone();
  }

  function lose(error: unknown): void {
    retire();
    current?.carried.happen({ type: "lost", error });
    void socket.close();
  }

  async function receive(): Promise<void> {
    try {
      for await (const message of socket.messages) {
        kept?.heard();
        read(message);
        if (current?.carried.hasRoom === false) await current.carried.room();
      }
      lose(closedEarly(await socket.closed, opening));
    } catch (error) {
      lose(error);
    }
  }

  async function close(): Promise<void> {
    retire();
    current?.carried.happen({
      type: "lost",
      error: new ConnectionError("Closed: its tunnel was closed", { request: opening }),
    });
    await socket.close();
  }

  async function ended(failed: boolean): Promise<void> {
    current = undefined;
    kept?.stop();
    // Where it did not end by itself, only the end of the tunnel surely ends it at the far end too.
    if (failed || isOver) await close();
    else events.free();
  }

  void receive();
  return {
    get isOver() {
      return isOver;
    },
    close,
    connect(asking) {
      const isFirst = lastStream < 0;
      const streams = { error: lastStream + 2, data: lastStream + 4 };
      lastStream = streams.data;
      decoder = new TextDecoder();
      const carried = startConnection(asking, {
        protocol: socket.protocol,
        ended,
        sendEnd: () => send(endFrame(streams.data)),
        async send(data, isOverNow) {
          for (const frame of dataFrames(streams.data, data)) {
            if (isOverNow()) return;
            await socket.send(frame);
          }
          ping();
        },
      });
      current = { carried, streams };
      const headers = { port: String(asking.port), requestid: String(streams.error) };
      send(openFrame({ stream: streams.error, headers: { ...headers, streamtype: "error" }, ends: true, isFirst }));
      send(
        openFrame({ stream: streams.data, headers: { ...headers, streamtype: "data" }, ends: false, isFirst: false }),
      );
      ping();
      kept = keepAlive(socket, clock, () => {
        // The far end's own clock of silence counts frames of SPDY only.
        if (carried.hasRoom) send(pingFrame((lastPing += 2)));
      });
      for (const signal of asking.stoppedBy)
        if (signal.aborted) carried.happen({ type: "stopped", error: signal.reason, drop: true });
      return carried;
    },
  };
}
