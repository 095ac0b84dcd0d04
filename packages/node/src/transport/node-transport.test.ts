import { getEventListeners, once } from "node:events";
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

import { ConnectionError, DecodeError, InputError, type ApiRequest } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type TestAuthority } from "../../../../test/support/certificates.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { createNodeTransport, type NodeTransport, type NodeTransportOptions } from "./node-transport.ts";

type Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

let authority: TestAuthority;
let server: Http2SecureServer;
let port: number;
let handler: Handler;
let seen: Http2ServerRequest[];
let transport: NodeTransport | undefined;

beforeAll(async () => {
  authority = createAuthority();
  server = createSecureServer({ ...authority.issue(), allowHTTP1: true }, (request, response) => {
    seen.push(request);
    handler(request, response);
  });
  server.listen(0);
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  authority.remove();
});
beforeEach(() => {
  seen = [];
  handler = (_request, response) => void response.end("ok");
});
afterEach(async () => {
  await transport?.close();
  transport = undefined;
});

const protocols = ["auto", "http/1.1"] as const;

describe.each(protocols)("over %s", (protocol) => {
  const make = (options: Partial<NodeTransportOptions> = {}): NodeTransport =>
    (transport = createNodeTransport({ server: `https://127.0.0.1:${port}`, ca: authority.ca, protocol, ...options }));
  const send = (path: string, changes: Partial<ApiRequest> = {}) =>
    (transport ?? make()).send(apiRequest(path, changes));

  test("speaks the protocol it was told to", async () => {
    await bodyText(await send("/x"));
    expect(seen[0]!.httpVersion).toBe(protocol === "auto" ? "2.0" : "1.1");
  });

  test("keeps the path of the server's address and says the right authority, also for IPv6", async () => {
    const { server: said } = make({ server: `https://[::1]:${port}/k8s/clusters/c-1/` });
    expect(said).toBe(`https://[::1]:${port}/k8s/clusters/c-1`);
    await bodyText(await send("/api/v1/pods", { query: "limit=1" }));
    expect(seen[0]!.url).toBe("/k8s/clusters/c-1/api/v1/pods?limit=1");
    expect(seen[0]!.headers[":authority"] ?? seen[0]!.headers.host).toBe(`[::1]:${port}`);
  });

  test("several values of a header stay several", async () => {
    await bodyText(await send("/x", { headers: { "impersonate-group": ["a", "b"], accept: ["x/y"] } }));
    const raw = seen[0]!.rawHeaders;
    const groups = raw.filter((_value, at) => at % 2 === 1 && raw[at - 1] === "impersonate-group");
    expect(groups).toEqual(["a", "b"]);
  });

  test("sends a body and answers with status, headers and body", async () => {
    handler = (request, response) => {
      response.writeHead(201, { "x-length": request.headers["content-length"], warning: "299 - one" });
      request.pipe(response);
    };
    const body = "grün ".repeat(100_000);
    const response = await send("/x", { method: "POST", body });
    expect([response.status, response.headers.get("x-length"), response.headers.get("warning")]).toEqual([
      201,
      String(Buffer.byteLength(body)),
      "299 - one",
    ]);
    expect(await bodyText(response)).toBe(body);
    const bytes = Uint8Array.from({ length: 300_000 }, (_value, at) => at % 251);
    const echoed: Uint8Array[] = [];
    for await (const chunk of (await send("/x", { method: "PUT", body: bytes })).body) echoed.push(chunk);
    expect(Buffer.concat(echoed).equals(bytes)).toBe(true);
  });

  test("HEAD and 204 have no body, whatever the headers say", async () => {
    handler = (request, response) => {
      response.writeHead(request.method === "HEAD" ? 200 : 204, { "content-encoding": "gzip" });
      response.end();
    };
    expect(await bodyText(await send("/x", { method: "HEAD" }))).toBe("");
    expect(await bodyText(await send("/x"))).toBe("");
  });

  test("any status is an answer", async () => {
    handler = (request, response) => response.writeHead(Number(request.url.slice(1)), { location: "/y" }).end("x");
    for (const status of [301, 401, 404, 429, 500, 503]) {
      const response = await send(`/${status}`);
      expect([response.status, await bodyText(response)]).toEqual([status, "x"]);
    }
  });

  describe("refuses before sending", () => {
    test.each(["a\r\nb: c", "a\nb", "a\0b", "a\x7f", "a\ud83d"])("the header value %j", async (value) => {
      const error = await rejection(send("/x", { headers: { "user-agent": ["fine", value] } }));
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ field: "headers.user-agent" });
      expect((error as Error).message).not.toContain(value);
    });

    test.each(["", "a b", "a:b", "Accept", "a\r\nb", ":path", "host", "transfer-encoding", "content-length"])(
      "the header name %j",
      async (name) => {
        expect(await rejection(send("/x", { headers: { [name]: ["1"] } }))).toBeInstanceOf(InputError);
      },
    );

    test.each(["x", "", "/a b", "/a\r\n", "/a?b", "/a#b", "/ä"])("the path %j", async (path) => {
      expect(await rejection(send(path))).toMatchObject({ name: "InputError", field: "path" });
    });

    test.each(["a b", "a#b", "a\n"])("the query %j", async (query) => {
      expect(await rejection(send("/x", { query }))).toMatchObject({ name: "InputError", field: "query" });
    });

    afterEach(() => {
      if (seen.length > 0) throw new Error("something was sent");
    });
  });

  describe("gzip", () => {
    const zipped = (bytes: Uint8Array, encoding = "gzip"): Handler => {
      return (_request, response) => void response.writeHead(200, { "content-encoding": encoding }).end(bytes);
    };
    const text = "pods ".repeat(200_000);

    test("is asked for and undone", async () => {
      handler = zipped(gzipSync(text));
      expect(await bodyText(await send("/x"))).toBe(text);
      expect(seen[0]!.headers["accept-encoding"]).toBe("gzip");
    });

    test("is left alone when compression is off, or the caller asks for itself", async () => {
      handler = zipped(gzipSync("x"));
      const response = await send("/x", { headers: { "accept-encoding": ["gzip"] } });
      expect(seen[0]!.headers["accept-encoding"]).toBe("gzip");
      const first = await response.body[Symbol.asyncIterator]().next();
      expect([...(first.value as Uint8Array).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
      response.discard();
      await transport!.close();
      make({ compression: false });
      handler = (_request, plain) => void plain.end("plain");
      expect(await bodyText(await send("/x"))).toBe("plain");
      expect(seen[1]!.headers["accept-encoding"]).toBeUndefined();
    });

    test("only one layer is undone", async () => {
      handler = zipped(gzipSync(gzipSync("x")), "gzip, gzip");
      expect(await rejection(send("/x").then(bodyText))).toBeInstanceOf(DecodeError);
    });

    test("that was not asked for is refused", async () => {
      handler = zipped(gzipSync("x"), "br");
      expect(await rejection(send("/x").then(bodyText))).toBeInstanceOf(DecodeError);
    });

    test("cut short is a ConnectionError, broken is a DecodeError", async () => {
      const whole = gzipSync(text);
      handler = zipped(whole.subarray(0, whole.length - 20));
      expect(await rejection(send("/x").then(bodyText))).toBeInstanceOf(ConnectionError);
      handler = zipped(Buffer.from("this is no gzip"));
      expect(await rejection(send("/x").then(bodyText))).toBeInstanceOf(DecodeError);
    });

    test("a bomb is inflated no faster than it is read", async () => {
      handler = zipped(gzipSync(Buffer.alloc(256 * 1024 * 1024)));
      const before = process.memoryUsage().rss;
      const response = await send("/x");
      const chunks = response.body[Symbol.asyncIterator]();
      await chunks.next();
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
      await chunks.return?.();
    });

    test("leaving and aborting work through it", async () => {
      handler = (_request, response) => {
        response.writeHead(200, { "content-encoding": "gzip" });
        response.write(gzipSync(text));
      };
      (await send("/x")).discard();
      const controller = new AbortController();
      const response = await send("/x", { signal: controller.signal });
      const read = rejection(bodyText(response));
      setTimeout(() => controller.abort("enough"), 20);
      expect(await read).toBe("enough");
    });
  });

  describe("signals", () => {
    test("have no listener left, however a request ends, and 100 requests may share one", async () => {
      const warnings: Error[] = [];
      const warn = (warning: Error): void => void warnings.push(warning);
      process.on("warning", warn);
      const { signal } = new AbortController();
      const ends: (() => Promise<unknown>)[] = [
        async () => bodyText(await send("/x", { signal })),
        async () => (await send("/x", { signal })).discard(),
        () => rejection(send("/x", { signal, headers: { a: ["\n"] } })),
      ];
      for (const end of ends) await end();
      await Promise.all(Array.from({ length: 100 }, async () => bodyText(await send("/x", { signal }))));
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
      await new Promise((resolve) => setTimeout(resolve, 10));
      process.off("warning", warn);
      expect(warnings).toEqual([]);
    });

    test("an abort after the end changes nothing", async () => {
      const controller = new AbortController();
      const response = await send("/x", { signal: controller.signal });
      const text = await bodyText(response);
      controller.abort();
      expect(text).toBe("ok");
      expect(await bodyText(await send("/x"))).toBe("ok");
    });

    test("an abort drops what was not read yet", async () => {
      handler = (_request, response) => void response.write("unread");
      const controller = new AbortController();
      const response = await send("/x", { signal: controller.signal });
      await new Promise((resolve) => setTimeout(resolve, 20));
      controller.abort("enough");
      expect(await rejection(response.body[Symbol.asyncIterator]().next())).toBe("enough");
    });
  });

  describe("close()", () => {
    test("fails what is under way and what comes later, and leaves no handle", async () => {
      handler = (request, response) => {
        if (request.url === "/body") response.write("some");
      };
      let dials = 0;
      make({
        dial: (host, to, signal) => {
          dials += 1;
          return dialTcp(host, to, signal);
        },
      });
      const waiting = rejection(send("/wait"));
      const reading = rejection(bodyText(await send("/body")));
      await until(() => seen.length === 2);
      await transport!.close();
      expect(await waiting).toMatchObject({
        name: "ConnectionError",
        message: expect.stringMatching(/^Closed: .*\(get \/wait\)$/),
      });
      expect(await reading).toMatchObject({
        name: "ConnectionError",
        message: expect.stringMatching(/^Closed: .*\(get \/body\)$/),
      });
      expect(await rejection(send("/later"))).toMatchObject({ name: "ConnectionError", sent: "no" });
      expect(dials).toBe(protocol === "auto" ? 1 : 2);
      await transport!.close();
    });

    test("while dialling rejects the waiting requests", async () => {
      make({ dial: () => new Promise(() => {}) });
      const waiting = [rejection(send("/a")), rejection(send("/b"))];
      await transport!.close();
      expect(await Promise.all(waiting)).toMatchObject([{ sent: "no" }, { sent: "no", request: { path: "/b" } }]);
    });

    test("closing 100 times leaves nothing open", async () => {
      const open = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name)).length;
      await bodyText(await send("/x"));
      await transport!.close();
      await until(() => server.listening);
      const before = open();
      for (let i = 0; i < 100; i++) {
        const one = make();
        await bodyText(await one.send(apiRequest("/x")));
        await one.close();
      }
      await until(() => open() <= before + 1, 10_000);
    }, 20_000);
  });
});

test("a protocol that it does not speak is refused", () => {
  const options = { server: "https://127.0.0.1:1", protocol: "h2" as "auto" };
  expect(() => createNodeTransport(options)).toThrow('protocol: it must be "auto" or "http/1.1"');
});
