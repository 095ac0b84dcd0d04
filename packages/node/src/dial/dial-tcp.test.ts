import { getEventListeners, once } from "node:events";
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from "node:net";

import { afterEach, describe, expect, test, vi } from "vitest";

import { apiRequest, rejection } from "../../../../test/support/api-request.ts";
import { type SilentListener, startSilentListener } from "../../../../test/support/silent-listener.ts";
import { createNodeTransport } from "../transport/node-transport.ts";
import { dialTcp, type Resolve, tcpDial } from "./dial-tcp.ts";

const open: Server[] = [];
const silent: SilentListener[] = [];
const dialled: Socket[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const socket of dialled.splice(0)) socket.destroy();
  for (const server of open.splice(0)) server.close();
  await Promise.all(silent.splice(0).map((listener) => listener.close()));
});

async function listen(host: string, port = 0): Promise<Server & { readonly port: number }> {
  const server = createServer((socket) => void socket.on("error", () => {}).resume());
  open.push(server);
  server.listen(port, host);
  await once(server, "listening");
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

async function silence(host: string, port = 0): Promise<SilentListener> {
  const listener = await startSilentListener(host, port);
  silent.push(listener);
  return listener;
}

const resolvingTo =
  (...addresses: readonly string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));

/** Dials "server.test", which has these addresses. */
async function dial(
  addresses: readonly string[],
  port: number,
  signal = new AbortController().signal,
): Promise<Socket> {
  const socket = (await tcpDial(resolvingTo(...addresses))("server.test", port, signal)) as Socket;
  dialled.push(socket);
  return socket;
}

/** Only the clock of the dialler stands still; the system's own goes on. */
const stopClock = (): unknown => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

/** Open sockets of this process, connected or about to be. */
const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};
/** Not vi.waitUntil, which moves the clock that stands still. */
const socketsBecome = async (count: number): Promise<void> => {
  while (sockets() !== count) await turns(1);
};

describe("a name with several addresses", () => {
  test("of which one is silent: the next is tried after 300 ms, and what lost is let go of", async () => {
    const { port } = await silence("127.0.0.2");
    await listen("127.0.0.3", port);
    const before = sockets();
    stopClock();
    const socket = dial(["127.0.0.2", "127.0.0.3"], port);
    await socketsBecome(before + 1);
    vi.advanceTimersByTime(299);
    await turns(20);
    expect(sockets()).toBe(before + 1);
    vi.advanceTimersByTime(1);
    expect((await socket).remoteAddress).toBe("127.0.0.3");
    // The one that won, at both of its ends.
    await socketsBecome(before + 2);
  });

  test("of which one is slow: it is not given up while it may still answer", async () => {
    const slow = await silence("127.0.0.2");
    const before = sockets();
    stopClock();
    const socket = dial(["127.0.0.2", "127.0.0.3"], slow.port);
    await socketsBecome(before + 1);
    vi.advanceTimersByTime(25_000);
    await turns(20);
    slow.wake();
    expect((await socket).remoteAddress).toBe("127.0.0.2");
  });

  test("all of which are slow: the first that answers is taken", async () => {
    const { port } = await silence("127.0.0.2");
    const second = await silence("127.0.0.3", port);
    await silence("::1", port);
    const before = sockets();
    stopClock();
    const socket = dial(["127.0.0.2", "127.0.0.3", "::1"], port);
    await socketsBecome(before + 1);
    vi.advanceTimersByTime(25_000);
    await turns(20);
    expect(sockets()).toBe(before + 3);
    second.wake();
    expect((await socket).remoteAddress).toBe("127.0.0.3");
  });

  test("of which one refuses: the next is tried at once", async () => {
    const { port } = await listen("127.0.0.3");
    stopClock();
    expect((await dial(["127.0.0.2", "::1", "127.0.0.3"], port)).remoteAddress).toBe("127.0.0.3");
  });

  test("is tried by both families in turn, beginning with the first", async () => {
    const { port } = await listen("127.0.0.9");
    const tried = async (...addresses: readonly string[]): Promise<unknown> => {
      const error = (await rejection(dial(addresses, port))) as AggregateError;
      return error.errors.map(({ address }: { address: string }) => address);
    };
    const four = ["127.0.0.2", "127.0.0.3", "127.0.0.4"] as const;
    expect(await tried(...four, "::1")).toEqual(["127.0.0.2", "::1", "127.0.0.3", "127.0.0.4"]);
    expect(await tried("::1", ...four)).toEqual(["::1", "127.0.0.2", "127.0.0.3", "127.0.0.4"]);
    expect(await tried(...four)).toEqual(four);
  });

  test("is let go of with every attempt when the signal aborts, also while the name is looked up", async () => {
    const { port } = await silence("127.0.0.2");
    await silence("127.0.0.3", port);
    const before = sockets();
    const stop = new AbortController();
    stopClock();
    const failed = rejection(dial(["127.0.0.2", "127.0.0.3"], port, stop.signal));
    await socketsBecome(before + 1);
    vi.advanceTimersByTime(300);
    await socketsBecome(before + 2);
    stop.abort(new Error("enough"));
    expect(await failed).toMatchObject({ cause: stop.signal.reason });
    await socketsBecome(before);
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);

    const other = new AbortController();
    const looking = tcpDial(() => new Promise(() => {}))("server.test", port, other.signal);
    other.abort(new Error("enough"));
    expect(await rejection(looking)).toBe(other.signal.reason);
  });
});

describe("what a failed request says", () => {
  /** What a request ends with; where the first address is silent, after the whole bound, by a clock that stands still till then. */
  const said = async (addresses: readonly string[], port: number, silentFirst = false): Promise<string> => {
    const before = sockets();
    if (silentFirst) stopClock();
    const transport = createNodeTransport({
      server: `https://server.test:${port}`,
      dial: tcpDial(resolvingTo(...addresses)),
    });
    const failed = rejection(transport.send(apiRequest("/x")));
    if (silentFirst) {
      await socketsBecome(before + 1);
      // The next attempt, if there is one, begins at once, and ends with a refusal.
      vi.advanceTimersByTime(300);
      await socketsBecome(before + 1);
      vi.advanceTimersByTime(30_000);
    }
    const error = await failed;
    await transport.close();
    expect(error).toMatchObject({ name: "ConnectionError", sent: "no" });
    return (error as Error).message;
  };

  test("one address that refuses is told as the server's", async () => {
    const { port } = await listen("127.0.0.9");
    expect(await said(["127.0.0.2"], port)).toMatch(
      `ConnectionRefused: nothing accepts connections at server.test:${port}; check the server's address`,
    );
  });

  test("several that refuse are each named", async () => {
    const { port } = await listen("127.0.0.9");
    expect(await said(["::1", "127.0.0.2"], port)).toMatch(
      `ConnectionRefused: nothing accepts connections at server.test:${port} (::1: refused, 127.0.0.2: refused); check`,
    );
  });

  test("one that does not answer beside one that refuses is named too", async () => {
    const { port } = await silence("127.0.0.2");
    expect(await said(["127.0.0.2", "127.0.0.3"], port, true)).toMatch(
      `ConnectionRefused: nothing accepts connections at server.test:${port} (127.0.0.3: refused, 127.0.0.2: no answer); check`,
    );
  });

  test("where none answers, the bound is told", async () => {
    const { port } = await silence("127.0.0.2");
    expect(await said(["127.0.0.2"], port, true)).toMatch(
      `Unreachable: server.test:${port} did not answer within 30 s; check`,
    );
  });

  test("of more than ten, ten are named", async () => {
    const { port } = await listen("127.0.0.9");
    const addresses = Array.from({ length: 12 }, (_, at) => `127.0.1.${at + 1}`);
    const message = await said(addresses, port);
    expect(message).toContain("127.0.1.10: refused, …)");
    expect(message).not.toContain("127.0.1.11");
  });
});

test("a name is looked up as the system does", async () => {
  const { port } = await listen("127.0.0.1");
  const socket = (await dialTcp("localhost", port, new AbortController().signal)) as Socket;
  dialled.push(socket);
  expect(socket.remoteAddress).toBe("127.0.0.1");
});

test("an address is not looked up", async () => {
  const { port } = await listen("127.0.0.1");
  const never: Resolve = () => Promise.reject(new Error("looked up"));
  const socket = (await tcpDial(never)("127.0.0.1", port, new AbortController().signal)) as Socket;
  dialled.push(socket);
  expect(socket.remoteAddress).toBe("127.0.0.1");
});
