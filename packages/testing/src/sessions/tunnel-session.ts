import type { MessageSocket } from "@kubewright/core";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import type { ServerUpgrade } from "../exchange/exchange.ts";
import { createHeaderBlocks } from "./header-blocks.ts";
import type { PortSession } from "./port-session.ts";
import { type PlayedPort, playPort } from "./port-wire.ts";
import {
  type ClientFrame,
  createClientFrames,
  dataFrames,
  endFrame,
  pingFrame,
  replyFrame,
  resetFrame,
} from "./spdy-frames.ts";

/** SPDY/3.1 within a WebSocket, since Kubernetes 1.31. */
export const tunnelProtocol = "SPDY/3.1+portforward.k8s.io";

/** The server's end of a tunnel: connections to any port, each of a stream for its data and one for what went wrong. */
export function tunnelUpgrade(session: PortSession): ServerUpgrade {
  return { protocol: tunnelProtocol, run: (socket) => serve(socket, session) };
}

type Opened = Extract<ClientFrame, { readonly is: "open" }>;

async function serve(socket: MessageSocket, { of, serve: serverOf }: PortSession): Promise<void> {
  const read = createClientFrames();
  const blocks = createHeaderBlocks();
  void socket.closed.then(() => blocks.close());
  /** The streams of errors that wait for their streams of data, by request. */
  const asked = new Map<string, number>();
  const played = new Map<number, PlayedPort>();
  let replies = 0;
  const send = (frame: Uint8Array): Promise<void> => socket.send(frame).catch(() => undefined);

  async function happen(frame: ClientFrame): Promise<void> {
    if (frame.is === "ping") await send(pingFrame(frame.id));
    else if (frame.is === "open") await open(frame);
    else if (frame.is === "reset") played.get(frame.stream)?.leave();
    else {
      await played.get(frame.stream)?.receive(frame.data);
      if (frame.ends) played.get(frame.stream)?.end();
    }
  }

  async function open({ stream, block }: Opened): Promise<void> {
    const headers = await blocks.read(block);
    await send(replyFrame(stream, replies++ === 0));
    const request = headers.get("requestid") ?? "";
    if (headers.get("streamtype") === "error") {
      asked.set(request, stream);
      return;
    }
    const errors = asked.get(request);
    if (errors === undefined) return;
    asked.delete(request);
    connect(stream, errors, Number(headers.get("port")));
  }

  function connect(stream: number, errors: number, port: number): void {
    const one = playPort({ ...of, port }, serverOf(port), {
      async send(data) {
        for (const frame of dataFrames(stream, data)) await send(frame);
      },
      // In a kubelet's order (k8s.io/cri-streaming, portforward/httpstream.go): whoever has seen the data end knows that nothing went wrong.
      end: () => {
        void send(endFrame(errors));
        void send(endFrame(stream));
      },
      fail: (text) => {
        for (const frame of dataFrames(errors, new TextEncoder().encode(text))) void send(frame);
        void send(resetFrame(stream));
        void send(resetFrame(errors));
      },
    });
    played.set(stream, one);
    void one.over.then(() => played.delete(stream));
  }

  try {
    for await (const message of socket.messages) for (const frame of read(message)) await happen(frame);
    await socket.close();
  } catch (error) {
    if (error instanceof BrokenConnection) throw error;
    // The connection broke, or what came is no tunnel: either way it is over.
    await socket.close();
  } finally {
    blocks.close();
    for (const one of played.values()) one.leave();
  }
}
