import { getEventListeners } from "node:events";
import { gzipSync } from "node:zlib";
import { ConnectionError, InputError, type ApiRequest, type ApiResponse, type Transport } from "@kubewright/core";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { apiRequest, bodyText, rejection, until } from "../support/api-request.ts";
import { type CertifiedKey, createAuthority, type TestAuthority } from "../support/certificates.ts";
import { type Handler, type HandlerServer, type Protocol, startHandlerServer } from "../support/handler-server.ts";

// Only what every platform has: the suite runs in pages too.
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What a transport is made of in these tests. */
export interface TransportTarget {
  readonly server: string;
  /** The test's own authority, for transports that take one. */
  readonly ca: string | undefined;
}

/** What a platform does otherwise. */
export interface TransportTraits {
  /** How many connections requests after another may take. */
  readonly connections?: number;
  /** Pages always send their browser's name. */
  readonly userAgent?: "given" | "the platform's";
}

const beyondAscii = [
  "Größe nicht erlaubt, 大小 €",
  "ключ",
  "a😀b",
  "\ufeffmark",
  "a\u00a0",
  "\u0080\u0800\ud7ff\uffff\u{10ffff}",
];

/** What every transport must do, whatever it is made of. */
export function describeTransport(
  name: string,
  protocol: Protocol,
  create: (target: TransportTarget) => Transport,
  { connections = 1, userAgent = "given" }: TransportTraits = {},
): void {
  let authority: TestAuthority | undefined;
  let certificate: CertifiedKey | undefined;
  const servers: HandlerServer[] = [];
  const transports: Transport[] = [];

  beforeAll(() => {
    if (protocol === "http") return;
    authority = createAuthority();
    certificate = authority.issue();
  });
  afterAll(() => authority?.remove());
  afterEach(async () => {
    await Promise.all(transports.splice(0).map((transport) => transport.close()));
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(handler: Handler): Promise<HandlerServer> {
    const server = await startHandlerServer(protocol, handler, certificate);
    servers.push(server);
    return server;
  }

  function connect(server: string): Transport {
    const transport = create({ server, ca: authority?.ca });
    transports.push(transport);
    return transport;
  }

  /** A server and a transport to it. */
  async function pair(handler: Handler, prefix = "") {
    const server = await serve(handler);
    const transport = connect(server.origin + prefix);
    const send = (path = "/x", changes: Partial<ApiRequest> = {}): Promise<ApiResponse> =>
      transport.send(apiRequest(path, changes));
    return { server, transport, send };
  }

  const ok: Handler = (_, reply) => {
    reply.head(200, { "content-type": "application/json" });
    reply.end("{}");
  };
  const silent: Handler = () => {};
  /** Headers and a first part, then nothing more. */
  const unending: Handler = (_, reply) => {
    reply.head(200);
    reply.write("first");
  };

  describe(`${name}`, () => {
    describe("request", () => {
      test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"] as const)("%s", async (method) => {
        const { server, send } = await pair(ok);
        const response = await send("/x", { method });
        expect(await bodyText(response)).toBe(method === "HEAD" ? "" : "{}");
        expect(server.requests).toMatchObject([{ method, path: "/x", body: { length: 0 } }]);
      });

      test.each([
        ["/", ""],
        ["/api/v1/namespaces/default/pods/web-0", ""],
        ["/api/v1/pods", "labelSelector=a%3Db%2Cc&limit=500"],
        ["/apis/", "a=1&a=2&b"],
        ["/a%2Fb/%2e%2ex/%E4%BD%A0%F0%9F%98%80", "q=%E4%BD%A0&x=%26%2B%20+"],
        ["/a:b+c;d,e@f!g$h&i'(j)*k=l~m_n-o.p", "-._~!*()"],
        ["/%25/%3F/%23/%5C/%00", "%23=%3F"],
        ["//a//b/", ""],
        ["/...", "..=../.."],
      ])("%s ? %s arrives as it was given", async (path, query) => {
        const { server, send } = await pair(ok);
        await bodyText(await send(path, { query }));
        expect(server.requests.map((request) => [request.path, request.query])).toEqual([[path, query]]);
      });

      test("a path never goes anywhere else: it arrives as it was given, or nothing is sent", async () => {
        const { server, send } = await pair(ok, "/prefix");
        const part = fc.oneof(
          fc.constantFrom(
            ".",
            "..",
            "%2e",
            "%2E%2e",
            "\\",
            "?",
            "#",
            "%",
            "//",
            "@evil.example",
            "\n",
            "\t",
            "\0",
            "é",
            ":1",
            " ",
          ),
          fc.stringMatching(/^[a-z0-9/.-]{0,5}$/),
        );
        await fc.assert(
          fc.asyncProperty(
            fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`),
            async (path) => {
              server.requests.length = 0;
              const outcome = await send(path).catch((error: unknown) => error);
              if (outcome instanceof InputError) expect(server.requests).toEqual([]);
              else {
                await bodyText(outcome as ApiResponse);
                expect(server.requests.map((request) => [request.path, request.query])).toEqual([
                  [`/prefix${path}`, ""],
                ]);
              }
            },
          ),
          { numRuns: 150 },
        );
      });

      test("the server's own path goes before every request's, with or without a slash at its end", async () => {
        for (const prefix of ["/k8s/clusters/c-1", "/k8s/clusters/c-1/"]) {
          const { server, transport, send } = await pair(ok, prefix);
          await bodyText(await send("/api/v1/pods"));
          expect(server.requests[0]?.path).toBe("/k8s/clusters/c-1/api/v1/pods");
          expect(transport.server).toBe(`${server.origin}/k8s/clusters/c-1`);
        }
      });

      test("headers arrive, each of several values too", async () => {
        const { server, send } = await pair(ok);
        const headers = { accept: ["application/json", "text/plain"], "impersonate-user": ["jane doe"], "x-none": [] };
        await bodyText(await send("/x", { headers }));
        expect(server.requests[0]?.headers).toMatchObject({
          accept: "application/json, text/plain",
          "impersonate-user": "jane doe",
        });
        expect(server.requests[0]?.headers).not.toHaveProperty("x-none");
      });

      test("header values are sent as UTF-8", async () => {
        const { server, send } = await pair(ok);
        const headers = Object.fromEntries(beyondAscii.map((text, i) => [`x-${i}`, [text]]));
        await bodyText(await send("/x", { headers: { ...headers, "user-agent": ["Größe/1"] } }));
        const came = (name: string) =>
          decoder.decode(Uint8Array.from(String(server.requests[0]?.headers[name]), (byte) => byte.charCodeAt(0)));
        expect(beyondAscii.map((_, i) => came(`x-${i}`))).toEqual(beyondAscii);
        if (userAgent === "given") expect(came("user-agent")).toBe("Größe/1");
      });

      test.each(["a\r\nx-evil: 1", "a\nb", "a\0", "a\x7f", "a\ud800b", " ", "a\t"])(
        "a header value %j is never sent, nor quoted",
        async (value) => {
          const { server, send } = await pair(ok);
          const error = await rejection(send("/x", { headers: { "x-secret": [`hunter2${value}`] } }));
          expect(String(error)).not.toContain("hunter2");
          expect(server.requests).toEqual([]);
        },
      );

      test("bodies of text, bytes and characters of four bytes arrive as they are", async () => {
        const { server, send } = await pair(ok);
        const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
        const bodies = ["{}", '{"a":"ä€😀"}', bytes, ""];
        const headers = { "content-type": ["application/json"] };
        for (const body of bodies) await bodyText(await send("/x", { method: "POST", body, headers }));
        expect(server.requests.map(({ body }) => new Uint8Array(body))).toEqual(
          bodies.map((body) => (typeof body === "string" ? encoder.encode(body) : body)),
        );
        expect(server.requests.map((request) => request.headers["content-type"])).toEqual(
          bodies.map(() => "application/json"),
        );
        expect(server.requests[1]?.headers["content-length"]).toBe(String(encoder.encode(bodies[1] as string).length));
      });

      test("a body of some megabytes passes both ways", async () => {
        const { send } = await pair((request, reply) => {
          reply.head(200);
          reply.end(request.body);
        });
        const body = new Uint8Array(5_000_000).map((_, i) => i * 7);
        const response = await send("/x", { method: "PUT", body });
        let [at, equal] = [0, true];
        for await (const chunk of response.body) {
          equal &&= chunk.every((byte, i) => byte === body[at + i]);
          at += chunk.length;
        }
        expect([at, equal]).toEqual([body.length, true]);
      });
    });

    describe("answer", () => {
      test.each([200, 201, 202, 204, 304, 400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 502, 503, 504])(
        "%i is an answer",
        async (status) => {
          const { server, send } = await pair((_, reply) => {
            reply.head(status, { "retry-after": "1" });
            reply.end(status === 204 || status === 304 ? undefined : "text");
          });
          const response = await send();
          expect(response.status).toBe(status);
          expect(await bodyText(response)).toBe(status === 204 || status === 304 ? "" : "text");
          expect(server.requests).toHaveLength(1);
        },
      );

      test("headers by lower-case name, several values joined", async () => {
        const { send } = await pair((_, reply) => {
          reply.head(200, { "X-Kubernetes-Pf-Uid": "1", warning: ['299 - "a"', '299 - "b, c"'], "x-empty": "" });
          reply.end();
        });
        const { headers, body } = await send();
        expect(headers.get("x-kubernetes-pf-uid")).toBe("1");
        expect(headers.get("warning")).toBe('299 - "a", 299 - "b, c"');
        expect(headers.get("x-empty")).toBe("");
        expect(headers.get("x-none")).toBeUndefined();
        expect(await bodyText({ body })).toBe("");
      });

      test("header values are read as UTF-8; bytes that are none stay Latin-1, each by itself", async () => {
        const bytes = (text: string): string => String.fromCharCode(...encoder.encode(text));
        const { send } = await pair((_, reply) => {
          const texts = Object.fromEntries(beyondAscii.map((text, i) => [`x-${i}`, bytes(text)]));
          reply.head(200, {
            ...texts,
            "x-latin": "Gr\xf6\xdfe \xc3",
            "x-mixed": [bytes("Größe"), "\xe4\xf6", bytes("大")],
          });
          reply.end();
        });
        const { headers, discard } = await send();
        discard();
        expect(beyondAscii.map((_, i) => headers.get(`x-${i}`))).toEqual(beyondAscii);
        expect(headers.get("x-latin")).toBe("Größe Ã");
        expect(headers.get("x-mixed")).toBe("Größe, äö, 大");
      });

      test("the headers are there before the body, and each part as it comes", async () => {
        let more: (text: string | undefined) => void = () => {};
        const { send } = await pair((_, reply) => {
          reply.head(200);
          more = (text) => (text === undefined ? reply.end() : reply.write(text));
        });
        const response = await send("/x", { streaming: true });
        const iterator = response.body[Symbol.asyncIterator]();
        for (const text of ["one", "two", "ä😀"]) {
          more(text);
          const { value } = await iterator.next();
          expect(new TextDecoder().decode(value as Uint8Array)).toBe(text);
        }
        more(undefined);
        expect(await iterator.next()).toMatchObject({ done: true });
        expect(await iterator.next()).toMatchObject({ done: true });
      });

      test("gzip is undone", async () => {
        const text = JSON.stringify(Array.from({ length: 20_000 }, (_, i) => `${i}ä😀`));
        const { send } = await pair((request, reply) => {
          expect(request.headers["accept-encoding"]).toContain("gzip");
          reply.head(200, { "content-encoding": "gzip" });
          reply.end(gzipSync(text));
        });
        expect(await bodyText(await send())).toBe(text);
      });

      test("a redirect is an answer, and nobody goes there", async () => {
        const other = await serve(ok);
        const { server, send } = await pair((_, reply) => {
          reply.head(302, { location: `${other.origin}/login` });
          reply.end();
        });
        const headers = { authorization: ["Bearer x"] };
        for (const method of ["GET", "POST"] as const) {
          const response = await send("/x", { headers, method });
          expect([response.status, response.headers.get("location")]).toEqual([302, `${other.origin}/login`]);
          response.discard();
        }
        expect(server.requests).toHaveLength(2);
        expect(other.requests).toEqual([]);
      });
    });

    describe("connections", () => {
      test("10 requests after another do not take 10", async () => {
        const { server, send } = await pair(ok);
        for (let i = 0; i < 10; i++) await bodyText(await send());
        expect(server.requests).toHaveLength(10);
        expect(server.connections()).toBeLessThanOrEqual(connections);
      });

      test("discard() frees it for the next request", async () => {
        const { server, send } = await pair((_, reply) => {
          reply.head(500, { "content-length": "9" });
          setTimeout(() => reply.end("123456789"), 20);
        });
        for (let i = 0; i < 5; i++) {
          const response = await send();
          response.discard();
          response.discard();
          await server.requests.at(-1)?.ended;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        expect(server.connections()).toBe(1);
      });

      test("leaving the loop ends the exchange, and the transport goes on", async () => {
        let handler = unending;
        const { server, send } = await pair((request, reply) => handler(request, reply));
        const response = await send("/x", { streaming: true });
        for await (const chunk of response.body) {
          expect(new TextDecoder().decode(chunk)).toBe("first");
          break;
        }
        await server.requests[0]?.ended;
        handler = ok;
        expect(await bodyText(await send())).toBe("{}");
      });

      test("discard() ends an exchange without end", async () => {
        const { server, send } = await pair(unending);
        (await send("/x", { streaming: true })).discard();
        await server.requests[0]?.ended;
      });

      test("20 requests at once each get their own answer", async () => {
        const { send } = await pair((request, reply) => {
          reply.head(200);
          reply.end(request.path);
        });
        const paths = Array.from({ length: 20 }, (_, i) => `/p${i}`);
        expect(await Promise.all(paths.map(async (path) => bodyText(await send(path))))).toEqual(paths);
      });
    });

    const reasons: readonly (readonly [string, unknown])[] = [
      ["an error", new Error("mine")],
      ["a TypeError", new TypeError("fetch failed")],
      ["a text", "mine"],
      ["an object", { mine: true }],
      ["null", null],
      ["its own", undefined],
    ];
    describe.each(reasons)("an abort with %s rejects with exactly that", (_, given) => {
      test("before the request means that nothing is sent", async () => {
        const { server, send } = await pair(ok);
        const signal = AbortSignal.abort(given);
        expect(await rejection(send("/x", { signal }))).toBe(signal.reason);
        expect(server.requests).toEqual([]);
      });

      test("while waiting for the headers rejects the call", async () => {
        const { server, send } = await pair(silent);
        const controller = new AbortController();
        const waiting = rejection(send("/x", { signal: controller.signal }));
        await until(() => server.requests.length === 1);
        controller.abort(given);
        expect(await waiting).toBe(controller.signal.reason);
        await server.requests[0]?.ended;
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      });

      test("in the body ends the reading", async () => {
        const { server, send } = await pair(unending);
        const controller = new AbortController();
        const response = await send("/x", { signal: controller.signal, streaming: true });
        const iterator = response.body[Symbol.asyncIterator]();
        await iterator.next();
        const waiting = rejection(iterator.next());
        controller.abort(given);
        expect(await waiting).toBe(controller.signal.reason);
        await server.requests[0]?.ended;
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      });

      test("between two parts of the body ends the next read", async () => {
        const { server, send } = await pair(unending);
        const controller = new AbortController();
        const response = await send("/x", { signal: controller.signal, streaming: true });
        const iterator = response.body[Symbol.asyncIterator]();
        await iterator.next();
        controller.abort(given);
        await server.requests[0]?.ended;
        expect(await rejection(iterator.next())).toBe(controller.signal.reason);
      });
    });

    test("a signal has no listener left, however a request ends, and serves many", async () => {
      const { server, send } = await pair(ok);
      const { signal } = new AbortController();
      for (let i = 0; i < 20; i++) await bodyText(await send("/x", { signal }));
      (await send("/x", { signal })).discard();
      await bodyText(await send("/x", { signal, method: "HEAD" }));
      for await (const _ of (await send("/x", { signal })).body) break;
      await server.close();
      await rejection(send("/x", { signal }));
      await until(() => getEventListeners(signal, "abort").length === 0);
    });

    describe("a broken connection", () => {
      const request = { verb: "get", path: "/x" };

      test("before the headers is a ConnectionError", async () => {
        const { send } = await pair((received) => received.destroyConnection());
        const error = await rejection(send());
        expect(error).toBeInstanceOf(ConnectionError);
        expect(error).toMatchObject({ request });
      });

      test.each([
        ["with a length", { "content-length": "1000" }],
        ["without one", {}],
      ])("in a body %s", async (_, headers) => {
        const { send } = await pair((received, reply) => {
          reply.head(200, headers);
          reply.write("first");
          setTimeout(() => received.destroyConnection(), 20);
        });
        const response = await send();
        const error = await rejection(bodyText(response));
        expect(error).toBeInstanceOf(ConnectionError);
        expect(error).toMatchObject({ request });
      });

      test("one that is gone hurts no later request", async () => {
        let breaks = true;
        const { send } = await pair((received, reply) => (breaks ? received.destroyConnection() : ok(received, reply)));
        await rejection(send());
        breaks = false;
        expect(await bodyText(await send())).toBe("{}");
      });

      test("where nobody listens is a ConnectionError that names the address", async () => {
        const { server, send } = await pair(ok);
        await server.close();
        const error = await rejection(send());
        expect(error).toBeInstanceOf(ConnectionError);
        expect(error).toMatchObject({ request });
        expect(String(error)).toContain(new URL(server.origin).host);
      });
    });

    test("close() fails what is under way and what comes later", async () => {
      const { server, transport, send } = await pair((received, reply) =>
        received.path === "/silent" ? undefined : unending(received, reply),
      );
      const waiting = rejection(send("/silent"));
      const response = await send("/x", { streaming: true });
      const iterator = response.body[Symbol.asyncIterator]();
      await iterator.next();
      const reading = rejection(iterator.next());
      await until(() => server.requests.length === 2);
      await transport.close();
      for (const error of [await waiting, await reading, await rejection(send())]) {
        expect(error).toBeInstanceOf(ConnectionError);
        expect(String(error)).toMatch(/^ConnectionError: Closed: /);
      }
      await Promise.all(server.requests.map(({ ended }) => ended));
      expect(server.requests).toHaveLength(2);
      await transport.close();
    });
  });
}
