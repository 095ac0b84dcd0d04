import type { Transport } from "@kubewright/core";
import { fakeMessageSocket, type FakeMessageSocket } from "./fake-message-socket.ts";

/** A transport whose answers of 101 carry a socket, of the first subprotocol that was offered; it is added to `sockets`. */
export function upgradingTransport(transport: Transport, sockets: FakeMessageSocket[]): Transport {
  return {
    ...transport,
    async send(request) {
      const response = await transport.send(request);
      if (response.status !== 101) return response;
      const socket = fakeMessageSocket(request.upgrade?.[0]);
      sockets.push(socket);
      return { ...response, socket };
    },
  };
}
