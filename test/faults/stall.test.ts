import { Duplex } from "node:stream";

import { createNodeTransport } from "@kubewright/node/transport";
import type { Dial } from "@kubewright/node/transport";
import { connect } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

import { apiRequest, bodyText } from "../support/api-request.ts";
import { clusterCa, controlPlane, measured } from "./support.ts";

function blockLoop(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test(
  "a loop that stands still for 5 s at the worst moment, just after the ping went out, does not kill a healthy connection",
  { timeout: 40_000 },
  async () => {
    let dials = 0;
    let wroteAt = 0;
    let armed = false;
    let blocked = 0;
    // After 7 s of silence the next bytes that go out are the ping's.
    const dial: Dial = async (host, port) => {
      dials += 1;
      const socket = connect({ host, port, noDelay: true });
      await once(socket, "connect");
      return Duplex.from({
        readable: socket,
        writable: async (chunks: AsyncIterable<Buffer>) => {
          for await (const chunk of chunks) {
            socket.write(chunk);
            if (armed && performance.now() - wroteAt > 7000) {
              // The kernel sends and receives by itself; only this process stands still.
              blockLoop(5000);
              blocked += 1;
            }
            wroteAt = performance.now();
          }
          socket.end();
        },
      });
    };
    const transport = createNodeTransport({ server: controlPlane().server, ca: clusterCa(), dial });
    const headers = { authorization: [`Bearer ${controlPlane().admin.token}`] };
    const query = "watch=1&fieldSelector=metadata.name%3Dnobody&timeoutSeconds=16";
    const watch = await transport.send(apiRequest("/api/v1/namespaces", { headers, query, streaming: true }));
    armed = true;
    const began = performance.now();
    // The server ends the watch after 16 s; an early end would be an error.
    expect(await bodyText(watch)).toBe("");
    measured("stalls of 5 s survived by one watch", blocked);
    expect(blocked).toBeGreaterThanOrEqual(1);
    expect(performance.now() - began).toBeGreaterThan(15_000);
    await sleep(10);
    await bodyText(await transport.send(apiRequest("/version", { headers })));
    expect(dials).toBe(1);
    await transport.close();
  },
);
