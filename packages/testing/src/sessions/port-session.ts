import type { MessageSocket } from "@kubewright/core";
import type { ServerUpgrade } from "../exchange/exchange.ts";
import { execProtocols, ofChannel } from "./channels.ts";
import { type PlayedPort, playPort, type PortOf, type ServePort } from "./port-wire.ts";

/** What a session to ports is asked for. */
export interface PortSession {
  readonly of: Omit<PortOf, "port">;
  /** What plays a port; undefined where nothing listens. */
  serve(port: number): ServePort | undefined;
}

/**
 * A connection to each port that is listed: of the one at place i, channel 2i has the data and 2i + 1 what went wrong, and each begins with
 * the port as two bytes, low first (k8s.io/cri-streaming, portforward). It has no half-close.
 */
export function portUpgrade(ports: readonly number[], session: PortSession): ServerUpgrade {
  return { protocol: execProtocols.v4, run: (socket) => serve(socket, ports, session) };
}

async function serve(
  socket: MessageSocket,
  ports: readonly number[],
  { of, serve: serverOf }: PortSession,
): Promise<void> {
  const encoder = new TextEncoder();
  const send = (channel: number, data: Uint8Array): Promise<void> =>
    socket.send(ofChannel(channel, data)).catch(() => undefined);
  const played: PlayedPort[] = [];
  for (const [index, port] of ports.entries()) {
    const head = new Uint8Array([port & 0xff, port >> 8]);
    await send(2 * index, head);
    await send(2 * index + 1, head);
    played.push(
      playPort({ ...of, port }, serverOf(port), {
        send: (data) => send(2 * index, data),
        end: () => undefined,
        fail: (text) => void send(2 * index + 1, encoder.encode(text)),
      }),
    );
  }
  const receive = async (): Promise<void> => {
    for await (const message of socket.messages) {
      const channel = message[0] ?? 1;
      if (channel % 2 === 0 && message.byteLength > 1) await played[channel / 2]?.receive(message.subarray(1));
    }
  };
  void receive()
    .catch(() => undefined)
    .then(() => played.forEach((one) => one.leave()));
  await Promise.all(played.map(({ over }) => over));
  await socket.close();
}
