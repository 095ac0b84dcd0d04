import { getEventListeners, once } from "node:events";
import { type AddressInfo, connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { Duplex } from "node:stream";

import { AuthError, ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import { startHandlerServer } from "../../../../test/support/handler-server.ts";
import { answer, startRawH1Server } from "../../../../test/support/raw-h1-server.ts";
import { type RawH2Server, startRawH2Server } from "../../../../test/support/raw-h2-server.ts";
import { idleTimes } from "./h1-pool.ts";
import { healthTimes } from "./h2-health.ts";
import type { Dial } from "../dial/dial.ts";
import { createTransport, type NodeTransport, type NodeTransportOptions } from "./node-transport.ts";

const times = { connect: { dialMs: 200, handshakeMs: 200 }, idle: idleTimes, health: healthTimes };

let authority: TestAuthority;
let pair: CertifiedKey;
let transport: NodeTransport | undefined;
let silent: Server | undefined;
let h2: RawH2Server | undefined;
const silentSockets: Socket[] = [];

beforeAll(() => {
  authority = createAuthority();
  pair = authority.issue();
});
afterAll(() => authority.remove());
afterEach(async () => {
  await transport?.close();
  await h2?.close();
  for (const socket of silentSockets.splice(0)) socket.destroy();
  silent?.close();
  [transport, h2, silent] = [undefined, undefined, undefined];
});

function make(options: NodeTransportOptions): NodeTransport {
  return (transport = createTransport(options, times));
}

/** Takes connections and says nothing. */
async function startSilent(): Promise<number> {
  silent = createServer((socket) => void silentSockets.push(socket.resume().on("error", () => {})));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  return (silent.address() as AddressInfo).port;
}

const startH2 = async (): Promise<RawH2Server> =>
  (h2 = await startRawH2Server(pair, (connection, stream) => {
    connection.headers(stream, 200);
    connection.data(stream, "ok", true);
  }));

const failure = async (options: NodeTransportOptions, changes = {}) =>
  (await rejection(make(options).send(apiRequest("/x", changes)))) as ConnectionError;

describe("a server that cannot be reached", () => {
  test("refuses", async () => {
    const port = await startSilent();
    silent!.close();
    for (const server of [`https://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]) {
      const error = await failure({ server });
      expect(error).toMatchObject({ name: "ConnectionError", sent: "no", request: { path: "/x" } });
      expect(error.message).toMatch(new RegExp(`^ConnectionRefused: .*127\\.0\\.0\\.1:${port};.* \\(get /x\\)$`));
      expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
      await transport!.close();
    }
  });

  test("has a name that nobody knows", async () => {
    expect((await failure({ server: "https://does-not-exist.invalid:6443" })).message).toMatch(
      /^UnknownHost: .*does-not-exist\.invalid:6443/,
    );
  });

  test("does not answer the dial", async () => {
    const dial: Dial = () => new Promise(() => {});
    expect((await failure({ server: "https://10.0.0.1:6443", dial })).message).toMatch(
      /^Unreachable: 10\.0\.0\.1:6443 did not answer within 0\.2 s/,
    );
  });

  test("does not answer the TLS handshake", async () => {
    const port = await startSilent();
    const error = await failure({ server: `https://127.0.0.1:${port}` });
    expect(error).toMatchObject({ sent: "no", message: expect.stringMatching(/^NoTlsHandshake: /) });
    await until(() => silentSockets[0]!.destroyed);
  });

  test("that hangs up during the TLS handshake twice is told as that", async () => {
    const port = await startSilent();
    silent!.on("connection", (socket: Socket) => socket.end());
    expect(await failure({ server: `https://127.0.0.1:${port}` })).toMatchObject({
      sent: "no",
      message: expect.stringMatching(/^ConnectionLost: .*hung up before the TLS handshake was done.*load balancer/),
    });
    expect(silentSockets).toHaveLength(2);
  });

  test.each(["auto", "http/1.1"] as const)(
    "hangs up during the TLS handshake once: over %s even a write goes on",
    async (protocol) => {
      const { origin } = await startH2();
      const h1 = await startHandlerServer("https", (_request, reply) => reply.end("ok"), pair);
      const hangsUp = await startSilent();
      silent!.on("connection", (socket: Socket) => socket.resetAndDestroy());
      const ports = [hangsUp, Number(new URL(protocol === "auto" ? origin : h1.origin).port)];
      const dial: Dial = async () => {
        const socket = connectTcp(ports.shift()!, "127.0.0.1");
        await once(socket, "connect");
        return socket;
      };
      const { send } = make({ server: "https://127.0.0.1:6443", ca: authority.ca, dial, protocol });
      expect(await bodyText(await send(apiRequest("/x", { method: "POST", body: "{}" })))).toBe("ok");
      expect(ports).toEqual([]);
      await h1.close();
    },
  );
});

describe("an abort while connecting", () => {
  test("rejects with the reason and lets go of the socket, in the dial and in the handshake", async () => {
    const port = await startSilent();
    let tunnel: Duplex | undefined;
    const tunnelled: Dial = async (host, to) => (tunnel = wrapped(connectTcp(to, host)));
    for (const dial of [undefined, tunnelled, ((_host, _port, signal) => never(signal)) satisfies Dial]) {
      const controller = new AbortController();
      const waiting = failure({ server: `https://127.0.0.1:${port}`, dial }, { signal: controller.signal });
      await new Promise((resolve) => setTimeout(resolve, 30));
      const reason = new Error("enough");
      controller.abort(reason);
      expect(await waiting).toBe(reason);
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    }
    await until(() => silentSockets.every(({ destroyed }) => destroyed));
    expect(tunnel?.destroyed).toBe(true);
  });

  test("of one request leaves the dial to the others", async () => {
    const { origin } = await startH2();
    const gate = opening();
    let dials = 0;
    const dial: Dial = async (host, port) => {
      dials += 1;
      await gate.promise;
      return connectTcp(port, host);
    };
    const { send } = make({ server: origin, ca: authority.ca, dial });
    const controller = new AbortController();
    const [first, second] = [send(apiRequest("/1", { signal: controller.signal })), send(apiRequest("/2"))];
    controller.abort("gone");
    expect(await rejection(first)).toBe("gone");
    gate.resolve();
    expect(await bodyText(await second)).toBe("ok");
    expect(dials).toBe(1);
  });

  test("of every request ends the dial; the next request dials anew", async () => {
    const { origin } = await startH2();
    const signals: AbortSignal[] = [];
    const dial: Dial = (host, port, signal) => {
      signals.push(signal);
      return signals.length === 1 ? never(signal) : Promise.resolve(connectTcp(port, host));
    };
    const { send } = make({ server: origin, ca: authority.ca, dial });
    const controller = new AbortController();
    const lost = [1, 2].map(() => rejection(send(apiRequest("/x", { signal: controller.signal }))));
    controller.abort("gone");
    expect(await Promise.all(lost)).toEqual(["gone", "gone"]);
    expect(signals[0]!.aborted).toBe(true);
    expect(await bodyText(await send(apiRequest("/x")))).toBe("ok");
  });
});

describe("a dialler", () => {
  test("may bring any stream, gets the host without brackets, and carries both protocols", async () => {
    const { origin } = await startH2();
    const asked: unknown[] = [];
    const dial: Dial = async (host, port) => {
      asked.push(host);
      return wrapped(connectTcp(port, "127.0.0.1"));
    };
    const port = Number(new URL(origin).port);
    const { send } = make({ server: `https://[::1]:${port}`, ca: authority.ca, dial });
    for (let i = 0; i < 3; i++) expect(await bodyText(await send(apiRequest("/x")))).toBe("ok");
    expect(asked).toEqual(["::1"]);
    await transport!.close();

    const plain = await startRawH1Server((socket) => void socket.write(answer("ok")));
    const h1 = make({ server: `http://[::1]:${plain.port}`, dial });
    for (let i = 0; i < 3; i++) expect(await bodyText(await h1.send(apiRequest("/x")))).toBe("ok");
    expect(plain.requests[0]).toMatch(new RegExp(`host: \\[::1\\]:${plain.port}\r\n`));
    expect(plain.sockets).toHaveLength(1);
    await plain.close();
  });

  test("may fail with an error that says more", async () => {
    const wanted = new AuthError("Proxy: the proxy wants a password");
    expect(await failure({ server: "https://10.0.0.1", dial: () => Promise.reject(wanted) })).toBe(wanted);
    const own = new ConnectionError("ProxyRefused: no way");
    expect(await failure({ server: "https://10.0.0.1", dial: () => Promise.reject(own) })).toMatchObject({
      name: "ConnectionError",
      message: "ProxyRefused: no way (get /x)",
      sent: "no",
    });
  });

  test("whose stream breaks fails the requests on it and nothing else", async () => {
    const { origin } = await startH2();
    const plain = await startRawH1Server((socket, request) => request.includes("/ok") && socket.write(answer("ok")));
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.on("uncaughtException", note);
    const streams: Duplex[] = [];
    const dial: Dial = async (_host, port) => {
      const stream = wrapped(connectTcp(port, "127.0.0.1"));
      streams.push(stream);
      return stream;
    };
    const cut = () => streams.at(-1)!.destroy(new Error("the tunnel broke"));
    const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
    for (const server of [origin, plain.origin]) {
      const { send } = make({ server, ca: authority.ca, dial });
      await bodyText(await send(apiRequest("/ok")));
      cut();
      await settle();
      expect(await bodyText(await send(apiRequest("/ok")))).toBe("ok");
      if (server === plain.origin) {
        const waiting = rejection(send(apiRequest("/wait")));
        await until(() => plain.requests.at(-1)?.includes("/wait") === true);
        cut();
        expect(await waiting).toMatchObject({ name: "ConnectionError", sent: "maybe" });
      }
      await transport!.close();
    }
    // In the handshake.
    const port = await startSilent();
    const handshake = rejection(
      make({ server: `https://localhost:${port}`, ca: authority.ca, dial }).send(apiRequest("/x")),
    );
    await until(() => silentSockets.length === 1);
    cut();
    await until(() => streams.at(-1)!.destroyed);
    expect(await handshake).toMatchObject({ name: "ConnectionError", sent: "no" });
    await settle();
    process.off("uncaughtException", note);
    expect(uncaught).toEqual([]);
    await plain.close();
  });

  test("that comes too late has its stream closed", async () => {
    const late = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    const dial: Dial = () => new Promise((resolve) => setTimeout(resolve, 300, late));
    await failure({ server: "https://10.0.0.1", dial });
    await until(() => late.destroyed);
  });
});

test("many waiting requests cost one dial when it fails, and each gets an error of its own", async () => {
  let dials = 0;
  const dial: Dial = async () => {
    dials += 1;
    throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  };
  const { send } = make({ server: "https://10.0.0.1", dial });
  const errors = await Promise.all([1, 2, 3].map((at) => rejection(send(apiRequest(`/${at}`)))));
  expect(errors.map((error) => (error as ConnectionError).request?.path)).toEqual(["/1", "/2", "/3"]);
  expect(dials).toBe(1);
});

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

/** A stream that is no socket. */
function wrapped(socket: Socket): Duplex {
  const outer = new Duplex({
    read() {
      socket.resume();
    },
    write(chunk, _encoding, done) {
      socket.write(chunk, () => done());
    },
    final(done) {
      socket.end(done);
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (chunk) => {
    if (!outer.push(chunk)) socket.pause();
  });
  socket.on("end", () => outer.push(null));
  socket.on("error", (error) => outer.destroy(error));
  socket.on("close", () => outer.destroy());
  return outer;
}

function opening(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve: () => resolve() };
}
