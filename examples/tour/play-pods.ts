import { once } from "node:events";
import { createServer } from "node:http";
import { Duplex } from "node:stream";
import type { ReadableWritablePair } from "node:stream/web";
import type { ApiServer } from "@kubewright/testing";

/** How long a tick takes, in milliseconds. */
const tickMs = 100;

/** What runs in pods that somebody plays. */
export interface PlayedPods {
  /** The pod's container has begun. */
  begin(pod: string): void;
  end(): void;
}

/** Plays the containers of the tour's pods: a clock that ticks into its log, a shell that counts lines, and a web server. */
export function playPods(api: ApiServer, namespace: string): PlayedPods {
  const timers = new Map<string, NodeJS.Timeout>();
  const shell = api.onExec({ namespace }, async ({ stdin, stdout }) => {
    let lines = 0;
    for await (const bytes of stdin) lines += bytes.filter((byte) => byte === 0x0a).length;
    await stdout(`${lines}\n`);
    return 3;
  });
  const web = createServer((_, response) => response.end("it ticks"));
  const port = api.onPortForward({ namespace, port: 8080 }, async (connection) => {
    const socket = Duplex.fromWeb(connection as ReadableWritablePair);
    web.emit("connection", socket);
    await once(socket, "close");
  });
  return {
    begin(pod) {
      const log = api.log(`${namespace}/${pod}`, "clock", ["tick 1"]);
      let ticks = 1;
      clearInterval(timers.get(pod));
      timers.set(
        pod,
        setInterval(() => log.write(`tick ${++ticks}`), tickMs),
      );
    },
    end() {
      shell.end();
      port.end();
      for (const timer of timers.values()) clearInterval(timer);
    },
  };
}
