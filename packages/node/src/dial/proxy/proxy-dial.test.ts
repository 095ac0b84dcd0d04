import { getEventListeners, once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setDefaultCACertificates } from "node:tls";
import { inspect } from "node:util";

import { ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { rejection, until } from "../../../../../test/support/api-request.ts";
import { createAuthority } from "../../../../../test/support/certificates.ts";
import { startHttpProxy, startSocksProxy } from "../../../../../test/support/proxies.ts";
import type { ProxyOptions, TestProxy } from "../../../../../test/support/proxies.ts";
import type { Dial } from "../dial.ts";
import { parseProxyAddress } from "./proxy-address.ts";
import { dialThrough, proxyDial } from "./proxy-dial.ts";

const authority = createAuthority();
const certificate = authority.issue();
setDefaultCACertificates([authority.ca]);

const never = new AbortController().signal;
const held: (() => unknown)[] = [];
afterEach(async () => {
  for (const release of held.splice(0)) await release();
});
afterAll(() => authority.remove());

/** A server that sends back what it gets; `sockets` are its connections. */
let echo: Server;
let echoPort: number;
const sockets = new Set<Socket>();
beforeAll(async () => {
  echo = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(echo, "listening");
  echoPort = (echo.address() as AddressInfo).port;
});
afterAll(() => echo.close());

/** A TCP server that does what the test says with each connection. */
async function startServer(serve: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    serve(socket);
    // Or it would never hear of the end.
    socket.resume();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  held.push(async () => {
    server.close();
    // Whoever gives up must have closed its side.
    await until(() => open.size === 0);
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function roundTrip(stream: Duplex, text: string): Promise<string> {
  stream.write(text);
  let got = "";
  while (got.length < text.length) {
    const [chunk] = (await once(stream, "data")) as [Buffer];
    got += chunk.toString();
  }
  return got;
}

const login = { username: "us er@", password: "canary:/ö%" };
const userinfo = `${encodeURIComponent(login.username)}:${encodeURIComponent(login.password)}@`;
const kinds: readonly (readonly [string, (options?: ProxyOptions) => Promise<TestProxy>])[] = [
  ["http", (options) => startHttpProxy(options)],
  ["https", (options) => startHttpProxy(options, certificate)],
  ["socks5", (options) => startSocksProxy(options)],
  ["socks5h", (options) => startSocksProxy(options)],
];

async function started(
  start: (options?: ProxyOptions) => Promise<TestProxy>,
  options?: ProxyOptions,
): Promise<TestProxy> {
  const proxy = await start(options);
  held.push(() => proxy.close());
  return proxy;
}

/** What a dial fails with; it must be a ConnectionError that holds no password, not even when inspected. */
async function failure(dial: Dial, signal = never): Promise<ConnectionError> {
  const error = await rejection(dial("kube.test", 6443, signal));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/canary/);
  expect((error as ConnectionError).sent).toBe("no");
  return error as ConnectionError;
}

describe.each(kinds)("%s proxy", (scheme, start) => {
  test("the target travels as a name, and bytes both ways", async () => {
    const proxy = await started(start, { routes: { "kube.test:6443": `127.0.0.1:${echoPort}` } });
    const stream = await proxyDial(`${scheme}://${proxy.hostPort}`)("kube.test", 6443, never);
    expect(await roundTrip(stream, "x".repeat(300_000))).toHaveLength(300_000);
    expect(proxy.dials).toEqual(["kube.test:6443"]);
    stream.destroy();
    await until(() => proxy.open === 0 && sockets.size === 0);
  });

  test.each([
    ["10.1.2.3", "10.1.2.3:6443"],
    ["fd00::1:2", "[fd00::1:2]:6443"],
    ["::ffff:10.0.0.1", "[::ffff:a00:1]:6443"],
    ["fd00:1:2:3:4:5:6:7", "[fd00:1:2:3:4:5:6:7]:6443"],
  ])("the address %s", async (host, target) => {
    const asked = scheme.startsWith("http") && host.includes(".") && host.includes(":") ? `[${host}]:6443` : target;
    const proxy = await started(start, { routes: { [asked]: `127.0.0.1:${echoPort}` } });
    const stream = await proxyDial(`${scheme}://${proxy.hostPort}`)(host, 6443, never);
    expect(await roundTrip(stream, "hello")).toBe("hello");
    expect(proxy.dials).toEqual([asked]);
    stream.destroy();
  });

  test("user name and password", async () => {
    const proxy = await started(start, { login, routes: { "kube.test:6443": `127.0.0.1:${echoPort}` } });
    const stream = await proxyDial(`${scheme}://${userinfo}${proxy.hostPort}`)("kube.test", 6443, never);
    expect(await roundTrip(stream, "hello")).toBe("hello");
    stream.destroy();

    const label = `${scheme}://${proxy.hostPort}`;
    const without = await failure(proxyDial(label));
    expect(without.message).toContain(`ProxyUnauthorized: the proxy ${label} asks for a user name and password`);
    const wrong = await failure(proxyDial(`${scheme}://user:canary@${proxy.hostPort}`));
    expect(wrong.message).toContain(`ProxyUnauthorized: the proxy ${label} does not accept the user name and password`);
    await until(() => proxy.open === 0);
  });

  test("a target that the proxy cannot reach is the proxy's failure", async () => {
    const proxy = await started(start, { routes: { "kube.test:6443": "127.0.0.1:1" } });
    const { message } = await failure(proxyDial(`${scheme}://${userinfo}${proxy.hostPort}`));
    expect(message).toContain(`ProxyFailed: the proxy ${scheme}://${proxy.hostPort} cannot`);
  });

  test("a proxy where nothing listens is told as unreachable", async () => {
    const { message } = await failure(proxyDial(`${scheme}://${userinfo}127.0.0.1:1`));
    expect(message).toContain(`ProxyUnreachable: the proxy ${scheme}://127.0.0.1:1 cannot be reached (ECONNREFUSED)`);
  });

  test("a proxy that says nothing is given up within the bound", async () => {
    const hostPort = await startServer(() => {});
    const { message } = await failure(dialThrough(parseProxyAddress(`${scheme}://${userinfo}${hostPort}`), 200));
    // TLS belongs to the connection to the proxy.
    const missing = scheme === "https" ? "accept a connection" : "connect to kube.test:6443";
    expect(message).toContain(`ProxyTimeout: the proxy ${scheme}://${hostPort} did not ${missing} within 0.2 s`);
  });

  test("a proxy that drips its answer is given up within the bound", async () => {
    const hostPort = await startServer((socket) => {
      const bytes = scheme.startsWith("socks")
        ? Buffer.from([5, 0, 5, 0, 0, 3, 255])
        : Buffer.from("HTTP/1.1 200 OK\r\nA: b");
      let at = 0;
      const timer = setInterval(() => socket.write(bytes.subarray(at % bytes.length, (at++ % bytes.length) + 1)), 20);
      socket.on("close", () => clearInterval(timer)).resume();
    });
    await failure(dialThrough(parseProxyAddress(`${scheme}://${hostPort}`), 300));
  });

  test("garbage, and an end without an answer", async () => {
    const garbage = await startServer((socket) =>
      socket.once("data", () => socket.write("\x00\x01what? ".repeat(100))),
    );
    expect((await failure(proxyDial(`${scheme}://${garbage}`))).message).toMatch(/^(NotAProxy|ProxyTlsFailed): /);
    const silent = await startServer((socket) => socket.once("data", () => socket.end()));
    expect((await failure(proxyDial(`${scheme}://${silent}`))).message).toMatch(/^(ProxyClosed|ProxyUnreachable): /);
    const reset = await startServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect((await failure(proxyDial(`${scheme}://${reset}`))).message).toMatch(/^(ProxyClosed|ProxyUnreachable): /);
  });

  test("an aborted signal, before and while the proxy is silent", async () => {
    const hostPort = await startServer(() => {});
    const dial = proxyDial(`${scheme}://${hostPort}`);
    const reason = new Error("enough");
    expect(await rejection(dial("kube.test", 6443, AbortSignal.abort(reason)))).toBe(reason);
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 50);
    expect(await rejection(dial("kube.test", 6443, stop.signal))).toBe(reason);
    const { signal } = new AbortController();
    const proxy = await started(start, { routes: { "kube.test:6443": `127.0.0.1:${echoPort}` } });
    (await proxyDial(`${scheme}://${proxy.hostPort}`)("kube.test", 6443, signal)).destroy();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("answers of an HTTP proxy", () => {
  test.each([
    ["HTTP/1.1 403 Forbidden", "ProxyRefused: the proxy http://HERE does not connect to kube.test:6443 (HTTP 403)"],
    ["HTTP/1.1 302 Found\r\nLocation: http://x.test/", "ProxyRefused: "],
    ["HTTP/1.1 504 Timeout", "ProxyFailed: the proxy http://HERE cannot reach kube.test:6443 (HTTP 504)"],
    ["HTTP/1.1 407 No\r\nX: canary", "ProxyUnauthorized: the proxy http://HERE does not accept"],
    ["SSH-2.0-OpenSSH_9.2p1", "NotAProxy: what answers at http://HERE does not speak HTTP"],
    ["\x15\x03\x01\x00\x02\x02\x46", "NotAProxy: what answers at http://HERE does not speak HTTP"],
  ])("%j", async (answer, said) => {
    const { hostPort, message } = await answered(answer);
    expect(message).toContain(said.replace("HERE", hostPort));
  });

  test("bytes that are not HTTP are not in any cause either", async () => {
    const hostPort = await startServer((socket) => socket.once("data", () => socket.write("canary\r\n\r\n")));
    const error = await failure(proxyDial(`http://${hostPort}`));
    expect(error.message).toMatch(/^NotAProxy: /);
    expect((error.cause as { rawPacket?: unknown }).rawPacket).toBeUndefined();
  });

  test("headers without end are refused", async () => {
    const { hostPort, message } = await answered(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}`);
    expect(message).toContain(`NotAProxy: the proxy http://${hostPort} answers with more than 64 KiB of headers`);
  });

  async function answered(answer: string): Promise<{ readonly hostPort: string; readonly message: string }> {
    const hostPort = await startServer((socket) => socket.once("data", () => socket.write(`${answer}\r\n\r\n`)));
    return { hostPort, message: (await failure(proxyDial(`http://${userinfo}${hostPort}`))).message };
  }

  test("bytes behind the answer's headers belong to the tunnel", async () => {
    const hostPort = await startServer((socket) =>
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\n\r\nearly")),
    );
    const stream = await proxyDial(`http://${hostPort}`)("kube.test", 6443, never);
    expect(String(await once(stream, "data"))).toBe("early");
    stream.destroy();
  });

  test.each([
    ["user@", [`proxy-authorization: Basic ${Buffer.from("user:").toString("base64")}`]],
    ["", []],
  ])("the request to %sHOST holds what RFC 9110 asks for and nothing of ours", async (userinfo, authorization) => {
    let asked = "";
    const hostPort = await startServer((socket) => {
      socket.once("data", (bytes) => {
        asked = bytes.toString();
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
      });
    });
    (await proxyDial(`http://${userinfo}${hostPort}`)("kube.test", 6443, never)).destroy();
    expect(asked.split("\r\n")).toEqual([
      "CONNECT kube.test:6443 HTTP/1.1",
      "host: kube.test:6443",
      ...authorization,
      "",
      "",
    ]);
  });
});

describe("answers of a SOCKS5 proxy", () => {
  test.each([
    [[4, 0], "NotAProxy: "],
    [[5, 1], "ProxyUnauthorized: "],
    [[5, 255], "ProxyUnauthorized: "],
    [[5, 0, 5, 2], "ProxyFailed: the proxy socks5://HERE cannot connect to kube.test:6443 (not allowed by its rules)"],
    [[5, 0, 5, 77], "ProxyFailed: the proxy socks5://HERE cannot connect to kube.test:6443 (reply 77)"],
    [[5, 0, 4, 0], "NotAProxy: "],
    [[5, 0, 5, 0, 0, 9, 0], "NotAProxy: "],
  ])("%j", async (answer, said) => {
    const hostPort = await startServer((socket) => socket.once("data", () => socket.write(Buffer.from(answer))));
    expect((await failure(proxyDial(`socks5://${hostPort}`))).message).toContain(said.replace("HERE", hostPort));
  });

  test.each([
    ["IPv4", [5, 0, 5, 0, 0, 1, 1, 2, 3, 4, 0, 80]],
    ["IPv6", [5, 0, 5, 0, 0, 4, ...Array<number>(16).fill(7), 0, 80]],
    ["a name", [5, 0, 5, 0, 0, 3, 3, 97, 98, 99, 0, 80]],
    ["an empty name", [5, 0, 5, 0, 0, 3, 0, 0, 80]],
  ])("it says where it connects from as %s, byte by byte, and what follows is the tunnel's", async (_what, answer) => {
    const hostPort = await startServer((socket) => {
      const bytes = [...answer, ...Buffer.from("early")];
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(Buffer.from([byte]), () => setImmediate(next));
      };
      socket.once("data", next);
    });
    const stream = await proxyDial(`socks5://${hostPort}`)("kube.test", 6443, never);
    let got = "";
    stream.on("data", (chunk: Buffer) => (got += chunk));
    await until(() => got === "early");
    stream.destroy();
  });

  test("a name that is too long for it", async () => {
    const proxy = await started(startSocksProxy);
    const error = await rejection(proxyDial(`socks5://${proxy.hostPort}`)("x".repeat(256), 6443, never));
    expect(String(error)).toContain("ProxyRefused: the server's name is longer");
    expect(proxy.dials).toEqual([]);
  });
});

test("an https proxy whose certificate is not trusted, or is for another name", async () => {
  const other = createAuthority("Somebody else");
  held.push(() => other.remove());
  for (const tls of [other.issue(), authority.issue({ names: ["DNS:other.test"] })]) {
    const proxy = await startHttpProxy({}, tls);
    held.push(() => proxy.close());
    const { message } = await failure(proxyDial(`https://${userinfo}${proxy.hostPort}`));
    expect(message).toContain(`ProxyTlsFailed: there is no TLS connection to the proxy https://${proxy.hostPort}`);
    expect(proxy.dials).toEqual([]);
  }
});

test.each([
  ["ftp://a.test", "its scheme is ftp://"],
  ["a.test:3128", "its scheme is a.test://"],
  ["nothing", "it is not a URL"],
  ["socks5://", "it names no host"],
  ["http://us%er@a.test", "holds a % that does not begin a character"],
  [`socks5://${"u".repeat(256)}@a.test`, "at most 255 bytes"],
  [`socks5://u:${"%C3%A4".repeat(128)}@a.test`, "at most 255 bytes"],
  ["socks5://:password@a.test", "the name at least one"],
])("%s is refused", (url, said) => {
  expect(() => proxyDial(url)).toThrow(said);
});

test.each([
  ["http://a.test", "http://a.test:80"],
  ["https://a.test", "https://a.test:443"],
  ["socks5://a.test", "http://a.test:1080"],
  ["socks5h://a.test:99", "http://a.test:99"],
])("the port of %s", (url, origin) => {
  expect(parseProxyAddress(url).origin).toBe(origin);
});
