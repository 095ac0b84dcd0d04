import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A dialler over TCP that takes down what it dialled, oldest first. */
export interface RecordedDial {
  readonly dialled: readonly Socket[];
  dial(host: string, port: number): Promise<Socket>;
}

export function recordedDial(): RecordedDial {
  const dialled: Socket[] = [];
  return {
    dialled,
    async dial(host, port) {
      const socket = connect(port, host);
      dialled.push(socket);
      await once(socket, "connect");
      return socket;
    },
  };
}
