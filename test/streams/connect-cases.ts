import { Duplex } from "node:stream";
import { inspect } from "node:util";
import type { PodConnection } from "@kubewright/core";
import { beforeAll, describe, expect, test } from "vitest";
import { refusal, rejection } from "../support/api-request.ts";
import { atOnce } from "../support/at-once.ts";
import { answerSum, echo, startPodServer } from "./pod-server.ts";
import { randomInput, sumOf } from "./bytes.ts";
import { type Held, phaseOf, textOf } from "./support.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Writes it all, and says that no more comes unless `open`. */
async function writeAll({ writable }: PodConnection, pieces: AsyncIterable<Uint8Array>, open = false): Promise<void> {
  const writer = writable.getWriter();
  for await (const piece of pieces) await writer.write(piece);
  if (open) writer.releaseLock();
  else await writer.close();
}

async function write({ writable }: PodConnection, text: string): Promise<void> {
  const writer = writable.getWriter();
  await writer.write(bytes(text));
  writer.releaseLock();
}

/** What holds of connections whoever terminates the WebSocket. `protocol` is what the server chooses. */
export function connectCases(held: Held, protocol: string): void {
  const tunnels = protocol.startsWith("SPDY");
  const connect: Held["pods"]["connect"] = (...call) => held.pods.connect(...call);

  beforeAll(async () => {
    await held.pods.create({
      metadata: { name: "db" },
      spec: { containers: [{ name: "main", image: "local" }], terminationGracePeriodSeconds: 0 },
    });
    await phaseOf(held.pods, "db", "Running");
  });

  describe("a connection", () => {
    test("the server chose what this file is about", async () => {
      await using server = await startPodServer(echo);
      await using connection = await connect("db", server.port);
      expect(inspect(connection)).toContain(protocol);
    });

    test("to a port by its name in the pod", async () => {
      await using server = await startPodServer((socket) => socket.end("by name"));
      await held.pods.create({
        metadata: { name: "named" },
        spec: {
          containers: [{ name: "main", image: "local", ports: [{ name: "sql", containerPort: server.port }] }],
          terminationGracePeriodSeconds: 0,
        },
      });
      await phaseOf(held.pods, "named", "Running");
      expect(await textOf((await connect("named", "sql")).readable)).toBe("by name");
      expect(await refusal(connect("named", "http"))).toMatch(
        /^InputError: Invalid port: pod named has no port named http; its named ports: sql/,
      );
      await held.pods.delete("named", { gracePeriodSeconds: 0 });
    });

    test.each([
      [0, 1],
      [1, 1],
      [3000, 1],
      [65_536, 1000],
      [65_537, 65_537],
      [1_000_003, 4096],
      [16 * 1024 * 1024, 1024 * 1024],
    ])("%d random bytes in pieces of %d come back as they were", async (size, pieceBytes) => {
      await using server = await startPodServer(echo);
      const { pieces, sum } = randomInput(size, pieceBytes);
      const connection = await connect("db", server.port);
      if (tunnels) {
        const [back] = await Promise.all([sumOf(connection.readable), writeAll(connection, pieces)]);
        expect(back).toEqual(sum());
        await connection.closed;
        return;
      }
      // Before 1.31 the pod cannot be told the end.
      const reading = sumOf(take(connection.readable, size));
      await writeAll(connection, pieces, true);
      expect(await reading).toEqual(sum());
      await connection.close();
    });

    test("12 at once, each with 1 MB", async () => {
      await using server = await startPodServer(echo);
      await Promise.all(
        Array.from({ length: 12 }, async () => {
          const { pieces, sum } = randomInput(1_000_000, 50_000);
          const connection = await connect("db", server.port);
          const reading = sumOf(take(connection.readable, 1_000_000));
          await writeAll(connection, pieces, true);
          expect(await reading).toEqual(sum());
          await connection.close();
        }),
      );
    });

    test("as a Duplex of Node", async () => {
      await using server = await startPodServer((socket) => socket.once("data", (data) => socket.end(`got ${data}`)));
      const duplex = Duplex.fromWeb((await connect("db", server.port)) as never);
      duplex.write("this");
      expect(await textOf(duplex)).toBe("got this");
    });

    test("the pod ends it: all comes, then its end", async () => {
      await using server = await startPodServer((socket) => socket.end("x".repeat(5_000_000)));
      const connection = await connect("db", server.port);
      expect((await sumOf(connection.readable)).size).toBe(5_000_000);
      await connection.closed;
      expect(await refusal(connection.writable.getWriter().write(bytes("x")))).toMatch(
        /^ConnectionError: Closed: the pod/,
      );
    });

    test("a reader that stops for a while slows the pod, and gets every byte", async () => {
      await using server = await startPodServer((socket) => socket.end(Buffer.alloc(40_000_000, 7)));
      const connection = await connect("db", server.port);
      let size = 0;
      for await (const chunk of connection.readable) {
        if (size === 0) await new Promise((resolve) => setTimeout(resolve, 500));
        size += chunk.byteLength;
      }
      expect(size).toBe(40_000_000);
    });

    test("a pod that does not read for a while slows the writer, and gets every byte", async () => {
      await using server = await startPodServer((socket) => void setTimeout(() => echo(socket), 1000));
      const { pieces, sum } = randomInput(30_000_000, 100_000);
      const connection = await connect("db", server.port);
      const reading = sumOf(take(connection.readable, 30_000_000));
      await writeAll(connection, pieces, true);
      expect(await reading).toEqual(sum());
      await connection.close();
    });
  });

  describe("the end of what is written", () => {
    // Before 1.31 the pod cannot be told.
    test.each(tunnels ? ["in a tunnel"] : [])("reaches the pod, which then answers: %s", async () => {
      await using server = await startPodServer((socket) => void answerSum(socket));
      const { pieces, sum } = randomInput(3_000_000, 70_000);
      const connection = await connect("db", server.port);
      const [said] = await Promise.all([textOf(connection.readable), writeAll(connection, pieces)]);
      expect(JSON.parse(said)).toEqual(sum());
      await connection.closed;
    });

    test("does not end what the pod still sends", async () => {
      await using server = await startPodServer((socket) => {
        socket.once("data", () => void setTimeout(() => socket.end("y".repeat(2_000_000)), 300));
      });
      const connection = await connect("db", server.port);
      await write(connection, "now");
      await connection.writable.close();
      expect((await textOf(connection.readable)).length).toBe(2_000_000);
      await connection.closed;
    });
  });

  describe("what goes wrong", () => {
    test("a port that nobody listens on", async () => {
      const server = await startPodServer(echo);
      await server.close();
      // The node may say so before it has taken the connection.
      const connecting = connect("db", server.port);
      const said = /^ConnectionError: NotForwarded: .*connection refused/;
      expect(await refusal(connecting.then(({ readable }) => textOf(readable)))).toMatch(said);
      expect(await refusal(connecting.then(({ closed }) => closed))).toMatch(said);
    });

    test("the pod resets it: an error, never an end", async () => {
      await using server = await startPodServer((socket) => {
        socket.write("some");
        socket.once("data", () => socket.resetAndDestroy());
      });
      const connection = await connect("db", server.port);
      const reader = connection.readable.getReader();
      expect(new TextDecoder().decode((await reader.read()).value)).toBe("some");
      await write(connection, "x");
      expect(await refusal(reader.read())).toMatch(/^ConnectionError: NotForwarded: .*reset/);
    });

    test("close() ends it at the pod too", async () => {
      await using server = await startPodServer((socket) => void socket.resume());
      const connection = await connect("db", server.port);
      await expect.poll(() => server.sockets.length).toBe(1);
      await connection.close();
      const [socket] = server.sockets;
      await expect.poll(() => socket?.readableEnded === true || socket?.destroyed === true).toBe(true);
    });

    test("an abort settles everything at once, with its reason", async () => {
      await using server = await startPodServer(echo);
      const controller = new AbortController();
      const connection = await connect("db", server.port, { signal: controller.signal });
      const reading = textOf(connection.readable);
      const mine = new Error("mine");
      controller.abort(mine);
      expect(await atOnce(Promise.all([rejection(reading), rejection(connection.closed)]))).toEqual([mine, mine]);
    });

    test("a pod that is not there, and one that no node has", async () => {
      expect(await refusal(connect("none", 80))).toMatch(/^StatusError: NotFound: pods "none" not found/);
      await held.pods.create({
        metadata: { name: "nowhere" },
        spec: { containers: [{ name: "main", image: "local" }], nodeSelector: { no: "where" } },
      });
      expect(await refusal(connect("nowhere", 80))).toMatch(
        /^StatusError: BadRequest: pod nowhere does not have a host assigned/,
      );
      await held.pods.delete("nowhere", { gracePeriodSeconds: 0 });
    });
  });

  // Before 1.31 a WebSocket carries one connection.
  test.each(tunnels ? ["in a tunnel"] : [])("the next connection goes over the same tunnel: %s", async () => {
    await using server = await startPodServer((socket) => socket.end("text"));
    const times: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const began = performance.now();
      const connection = await connect("db", server.port);
      expect(await textOf(connection.readable)).toBe("text");
      await connection.closed;
      times.push(performance.now() - began);
    }
    expect(server.sockets).toHaveLength(20);
    console.log(`[measured] connections over one tunnel, ms: ${times.map((time) => time.toFixed(1)).join(" ")}`);
  });
}

/** The first bytes of a stream, which is then let go of but not closed. */
async function* take(stream: ReadableStream<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (let left = size; left > 0;) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the stream ended ${left} bytes early`);
    left -= value.byteLength;
    yield value;
  }
  reader.releaseLock();
}
