import { connect as dial, type Socket } from "node:net";
import { once } from "node:events";
import { portForward, type PortForward, type PortForwardOptions } from "kubewright/port-forward";
import { beforeAll, describe, expect, test } from "vitest";
import { answerSum, echo, startPodServer } from "./pod-server.ts";
import { randomInput, sumOf } from "./bytes.ts";
import { type Held, phaseOf, textOf } from "./support.ts";

/** Connects to a forwarded port, as any program would. */
export async function dialled(port: number, host = "127.0.0.1"): Promise<Socket> {
  const socket = dial({ port, host, allowHalfOpen: true });
  socket.on("error", () => {}); // each test looks at what it is about
  await once(socket, "connect");
  return socket;
}

/** How a socket ends: all that came, or the code of its error. */
export async function endOf(socket: Socket): Promise<string> {
  return textOf(socket).catch((error: NodeJS.ErrnoException) => error.code ?? String(error));
}

/** Forwards one port of this pod. */
export async function forwardTo(
  { pods }: Held,
  remote: number | string,
  options: Partial<PortForwardOptions> = {},
  target: Parameters<typeof portForward>[1] = "db",
): Promise<PortForward & { readonly port: number }> {
  const forward = await portForward(pods, target, { ports: [{ local: 0, remote }], ...options });
  return Object.assign(forward, { port: forward.ports[0]?.local ?? 0 });
}

/** What holds of forwarded ports whoever terminates the WebSocket; beside `connectCases`, whose pod it uses. */
export function portForwardCases(held: Held, protocol: string): void {
  const tunnels = protocol.startsWith("SPDY");

  describe("a forwarded port", () => {
    beforeAll(() => phaseOf(held.pods, "db", "Running"));

    test("leads to the pod, on both addresses of this machine alone", async () => {
      await using server = await startPodServer((socket) => socket.once("data", (data) => socket.end(`got ${data}`)));
      await using forward = await forwardTo(held, server.port);
      expect(forward.ports).toEqual([{ local: expect.any(Number), remote: server.port }]);
      for (const host of ["127.0.0.1", "::1"]) {
        const socket = await dialled(forward.port, host);
        socket.write(host);
        expect(await endOf(socket)).toBe(`got ${host}`);
        socket.destroy();
      }
    });

    test("carries 20 MB both ways, byte for byte", async () => {
      await using server = await startPodServer(echo);
      await using forward = await forwardTo(held, server.port);
      const socket = await dialled(forward.port);
      const { pieces, sum } = randomInput(20_000_000, 100_000);
      const reading = sumOf(takeFrom(socket, 20_000_000));
      for await (const piece of pieces) if (!socket.write(piece)) await once(socket, "drain");
      expect(await reading).toEqual(sum());
      socket.destroy();
    });

    test("what breaks is that connection alone: the pod resets, this side resets, nobody listens", async () => {
      let how = "echo";
      await using server = await startPodServer((socket) => {
        if (how === "reset") socket.once("data", () => socket.resetAndDestroy());
        else echo(socket);
      });
      const closed = await startPodServer(echo);
      await closed.close();
      const told: string[] = [];
      const onError = (error: unknown): void => void told.push(String(error));
      await using forward = await forwardTo(held, server.port, { onError });
      await using refused = await forwardTo(held, closed.port, { onError });
      const stays = await dialled(forward.port);
      stays.write("x");
      await once(stays, "data");
      how = "reset";
      const reset = await dialled(forward.port);
      reset.write("x");
      expect(await endOf(reset)).toBe("ECONNRESET");
      how = "echo";
      const gone = await dialled(forward.port);
      gone.write("x");
      await once(gone, "data");
      gone.resetAndDestroy();
      const nobody = await dialled(refused.port);
      expect(await endOf(nobody)).toBe("ECONNRESET");
      for (const socket of [stays, await dialled(forward.port)]) {
        socket.write("still there");
        const [data] = (await once(socket, "data")) as [Buffer];
        expect(String(data)).toBe("still there");
        socket.destroy();
      }
      const why = (): string[] => told.map((one) => /NotForwarded: .*(refused|reset)/.exec(one)?.[1] ?? one);
      await expect.poll(() => why().toSorted()).toEqual(["refused", "reset"]);
    });

    // Before 1.31 the pod cannot be told.
    test.each(tunnels ? ["in a tunnel"] : [])(
      "half of a connection is ended by itself: the rest comes: %s",
      async () => {
        await using server = await startPodServer((socket) => void answerSum(socket));
        await using forward = await forwardTo(held, server.port);
        const { pieces, sum } = randomInput(3_000_000, 70_000);
        const socket = await dialled(forward.port);
        for await (const piece of pieces) if (!socket.write(piece)) await once(socket, "drain");
        socket.end();
        expect(JSON.parse(await endOf(socket))).toEqual(sum());
      },
    );

    test("where the pod ends first, all of it comes, and what is still sent harms nobody", async () => {
      await using server = await startPodServer((socket) => {
        socket.resume();
        socket.end(Buffer.alloc(3_000_000, 120));
      });
      await using forward = await forwardTo(held, server.port);
      const socket = await dialled(forward.port);
      // Before 1.31 what a pod leaves unread resets the WebSocket: an error, as it must be.
      if (tunnels) socket.write("x".repeat(100_000));
      expect(await endOf(socket)).toHaveLength(3_000_000);
      socket.end("more");
      await once(socket, "close");
    });

    test("close() ends what is open, and nothing listens any more", async () => {
      await using server = await startPodServer(echo);
      const forward = await forwardTo(held, server.port);
      const sockets = await Promise.all([1, 2, 3].map(() => dialled(forward.port)));
      for (const socket of sockets) socket.write("x");
      await Promise.all(sockets.map((socket) => once(socket, "data")));
      await forward.close();
      await forward.close();
      for (const socket of sockets) await endOf(socket);
      await expect(dialled(forward.port)).rejects.toThrow("ECONNREFUSED");
      await expect.poll(() => server.sockets.every((socket) => socket.destroyed || socket.readableEnded)).toBe(true);
    });
  });
}

/** The first bytes of a socket, which stays open. */
async function* takeFrom(socket: Socket, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    yield chunk;
    left -= chunk.byteLength;
    if (left <= 0) return;
  }
}
