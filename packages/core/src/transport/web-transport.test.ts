import { afterEach, describe, expect, test, vi } from "vitest";
import { apiRequest, rejection } from "../../../../test/support/api-request.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError, RedirectError } from "../errors/transport-errors.ts";
import type { ApiRequest } from "./transport.ts";
import { createWebTransport } from "./web-transport.ts";

// What needs a server is in test/conformance, where every transport runs the same cases.

const get = (changes: Partial<ApiRequest> = {}): ApiRequest => apiRequest("/api", { replay: "safe", ...changes });

function answering(respond: (request: Request) => Response | Promise<Response> = () => new Response("{}")) {
  const requests: Request[] = [];
  const fetch = vi.fn<typeof globalThis.fetch>(async (input) => {
    requests.push(input as Request);
    return respond(input as Request);
  });
  return { fetch, requests };
}

afterEach(() => vi.unstubAllGlobals());

describe("server", () => {
  test.each([
    ["https://10.0.0.1:6443", "https://10.0.0.1:6443/api?a=1"],
    ["https://h/", "https://h/api?a=1"],
    ["https://h/k8s/clusters/c%20x/", "https://h/k8s/clusters/c%20x/api?a=1"],
    ["http://[::1]:8001", "http://[::1]:8001/api?a=1"],
  ])("%s", async (server, url) => {
    const { fetch, requests } = answering();
    const transport = createWebTransport({ server, fetch });
    await transport.send(get({ query: "a=1" }));
    expect(requests[0]?.url).toBe(url);
    expect(`${transport.server}/api?a=1`).toBe(url);
  });

  test("may begin at the page's root", async () => {
    vi.stubGlobal("location", { href: "https://page.example:8443/app/index.html?x#y" });
    const { fetch, requests } = answering();
    await createWebTransport({ server: "/k8s", fetch }).send(get());
    await createWebTransport({ server: "/", fetch }).send(get());
    expect(requests.map(({ url }) => url)).toEqual([
      "https://page.example:8443/k8s/api",
      "https://page.example:8443/api",
    ]);
    expect(() => createWebTransport({ server: "//other.example", fetch })).toThrow(InputError);
  });

  test.each([
    "",
    "k8s",
    "/k8s",
    "//other.example",
    "ftp://h",
    "https://",
    "https://:hunter2@h",
    "https://user:hunter2@h",
    "https://h?a",
    "https://h#a",
  ])("refuses %j", (server) => {
    const error = (() => {
      try {
        return createWebTransport({ server });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ field: "server" });
    expect(String(error)).not.toContain("hunter2");
  });
});

describe("path", () => {
  test.each([
    "",
    "api",
    "/a/../b",
    "/..",
    "/.",
    "/a/./b",
    "/a/%2e%2e/b",
    "/a/%2E",
    "/a\\b",
    "/a?b",
    "/a#b",
    "/a\nb",
    "/a b",
    "/ä",
    "@evil.example/",
    ":80/",
  ])("refuses %j before anything is sent", async (path) => {
    const { fetch, requests } = answering();
    const error = await rejection(createWebTransport({ server: "https://h/k8s", fetch }).send(get({ path })));
    expect(error).toBeInstanceOf(InputError);
    expect(requests).toEqual([]);
  });

  test("a fragment in the query is refused", async () => {
    const { fetch } = answering();
    expect(
      await rejection(createWebTransport({ server: "https://h", fetch }).send(get({ query: "a=1#b" }))),
    ).toBeInstanceOf(InputError);
  });
});

describe("request", () => {
  test("method, headers and body reach fetch, and redirects are not followed", async () => {
    const bodies: string[] = [];
    const { fetch, requests } = answering(async (request) => {
      bodies.push(await request.text());
      return new Response("{}");
    });
    const headers = { accept: ["application/json", "text/plain"], "x-none": [], "content-type": ["application/json"] };
    await createWebTransport({ server: "https://h", fetch }).send(
      get({ method: "PATCH", headers, body: '{"ä":"😀"}' }),
    );
    const [request] = requests;
    expect(request).toMatchObject({ method: "PATCH", redirect: "manual" });
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: "application/json, text/plain",
      "content-type": "application/json",
    });
    expect(bodies).toEqual(['{"ä":"😀"}']);
  });

  test.each<["GET" | "HEAD"]>([["GET"], ["HEAD"]])(
    "a body with %s is refused as such, for fetch cannot send it",
    async (method) => {
      const { fetch, requests } = answering();
      const error = await rejection(
        createWebTransport({ server: "https://h", fetch }).send(get({ method, body: "x" })),
      );
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ field: "body", message: expect.stringContaining(`with ${method}`) });
      expect(requests).toEqual([]);
    },
  );

  test("several values of impersonation are refused, not joined", async () => {
    const { fetch, requests } = answering();
    const { send } = createWebTransport({ server: "https://h", fetch });
    for (const name of ["impersonate-group", "impersonate-extra-scopes"]) {
      expect(await rejection(send(get({ headers: { [name]: ["a", "b"] } })))).toBeInstanceOf(InputError);
      await send(get({ headers: { [name]: ["a"] } }));
    }
    expect(requests).toHaveLength(2);
  });

  test("a value that no header may hold is never quoted", async () => {
    const { fetch } = answering();
    const error = await rejection(
      createWebTransport({ server: "https://h", fetch }).send(
        get({ headers: { authorization: ["Bearer hunter2\n"], x: ["hunter2\nx"] } }),
      ),
    );
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).not.toContain("hunter2");
    expect((error as Error).cause).toBeUndefined();
  });

  test("fetch is called without a this, as a page's own fetch demands", async () => {
    const seen: unknown[] = [];
    const fetch = function (this: unknown): Promise<Response> {
      seen.push(this);
      return Promise.resolve(new Response("{}"));
    };
    await createWebTransport({ server: "https://h", fetch }).send(get());
    vi.stubGlobal("fetch", fetch);
    await createWebTransport({ server: "https://h" }).send(get());
    expect(seen).toEqual([undefined, undefined]);
  });

  test.each([429, 500, 503])("a %i is an answer, at once and once", async (status) => {
    const { fetch, requests } = answering(() => new Response("{}", { status, headers: { "retry-after": "1" } }));
    const response = await createWebTransport({ server: "https://h", fetch }).send(get());
    expect(response.status).toBe(status);
    expect(requests).toHaveLength(1);
  });
});

describe("failures", () => {
  test("a page's network error is a ConnectionError that says what to check", async () => {
    const cause = new TypeError("Failed to fetch");
    const { fetch, requests } = answering(() => Promise.reject(cause));
    const error = await rejection(createWebTransport({ server: "https://h", fetch }).send(get()));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ cause, request: { verb: "get", path: "/api" } });
    expect(String(error)).toMatch(/no answer from https:\/\/h; .*CORS.*\(get \/api\)$/);
    expect(requests).toHaveLength(1);
  });

  test("any other error of an injected fetch is a ConnectionError with its deepest reason", async () => {
    const { fetch } = answering(() =>
      Promise.reject(new Error("deep", { cause: new Error("ECONNREFUSED 127.0.0.1:1") })),
    );
    const error = await rejection(createWebTransport({ server: "https://h", fetch }).send(get()));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toContain("ECONNREFUSED 127.0.0.1:1");
  });

  test("a redirect that a page hides is a RedirectError", async () => {
    const { fetch } = answering(() => {
      const response = new Response(null);
      Object.defineProperties(response, { type: { value: "opaqueredirect" }, status: { value: 0 } });
      return response;
    });
    const error = await rejection(createWebTransport({ server: "https://h", fetch }).send(get()));
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ statusCode: 0 });
  });
});

describe("body", () => {
  const streamed = (chunks: number, headers: Record<string, string> = {}) => {
    const seen = { pulled: 0, cancelled: 0 };
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (++seen.pulled > chunks) controller.close();
          else controller.enqueue(new Uint8Array([seen.pulled]));
        },
        cancel() {
          seen.cancelled++;
        },
      },
      { highWaterMark: 0 },
    );
    return { seen, ...answering(() => new Response(body, { headers })) };
  };

  test("can be read once", async () => {
    const { fetch } = streamed(2);
    const response = await createWebTransport({ server: "https://h", fetch }).send(get());
    const seen: number[] = [];
    for await (const chunk of response.body) seen.push(...chunk);
    expect(seen).toEqual([1, 2]);
    expect(() => response.body[Symbol.asyncIterator]()).toThrow(InputError);
    response.discard();
  });

  test("leaving it cancels it, once", async () => {
    const { fetch, seen } = streamed(9);
    const response = await createWebTransport({ server: "https://h", fetch }).send(get());
    for await (const _ of response.body) break;
    expect(seen.cancelled).toBe(1);
    response.discard();
    expect(seen).toEqual({ pulled: 1, cancelled: 1 });
  });

  test.each([
    [{ "content-length": "9" }, { pulled: 10, cancelled: 0 }],
    [{ "content-length": "1000000" }, { pulled: 0, cancelled: 1 }],
    [{}, { pulled: 0, cancelled: 1 }],
  ])("discard() with %j", async (headers, expected) => {
    const { fetch, seen } = streamed(9, headers as Record<string, string>);
    const response = await createWebTransport({ server: "https://h", fetch }).send(get());
    response.discard();
    response.discard();
    await vi.waitFor(() => expect(seen).toEqual(expected));
    expect(() => response.body[Symbol.asyncIterator]()).toThrow(InputError);
  });
});

describe("a token", () => {
  test.each([
    ["text", "canary-token"],
    ["a function", () => "canary-token"],
    ["a function that takes its time", () => Promise.resolve("canary-token")],
  ])("as %s is sent with each request that has no Authorization of its own", async (_, token) => {
    const { fetch, requests } = answering();
    const transport = createWebTransport({ server: "https://h", token, fetch });
    await transport.send(get());
    await transport.send(get({ headers: { authorization: ["Bearer canary-other"] } }));
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer canary-token",
      "Bearer canary-other",
    ]);
  });

  test("that a function does not bring is an AuthError, an abort ends the waiting for it, and nothing is sent", async () => {
    const { fetch } = answering();
    const send = (token: () => never, changes = {}): Promise<unknown> =>
      rejection(createWebTransport({ server: "https://h", token, fetch }).send(get(changes)));
    const cause = new Error("logged out");
    const failing = (): never => {
      throw cause;
    };
    expect(await send(failing)).toMatchObject({ name: "AuthError", cause });
    for (const wrong of ["", "a b", "a\n", 1, undefined, null])
      expect(await send(() => wrong as never)).toMatchObject({
        name: "AuthError",
        message: expect.stringContaining("must bring text without spaces"),
      });
    const controller = new AbortController();
    const waiting = send(() => new Promise(() => {}) as never, { signal: controller.signal });
    controller.abort("enough");
    expect(await waiting).toBe("enough");
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("a request with a credential of its own", () => {
  const own = get({ headers: { authorization: ["Bearer canary-other"] }, ownCredential: true });

  test("goes before the transport's token, without cookies and the browser's client certificate", async () => {
    const { fetch, requests } = answering();
    const transport = createWebTransport({ server: "https://h", token: "canary-token", fetch });
    await transport.send(own);
    await transport.send(get());
    expect(requests.map(({ headers, credentials }) => [headers.get("authorization"), credentials])).toEqual([
      ["Bearer canary-other", "omit"],
      ["Bearer canary-token", "same-origin"],
    ]);
  });

  test.each([
    ["http://10.0.0.1:8080", false],
    ["http://localhost.example:8080", false],
    ["http://127.0.0.1.example", false],
    ["http://localhost:8001", true],
    ["http://[::1]:8001", true],
    ["http://127.1.2.3", true],
    ["https://h", true],
  ])("to %s is sent: %s", async (server, sent) => {
    const { fetch, requests } = answering();
    const sending = createWebTransport({ server, fetch }).send(own);
    if (sent) await sending;
    else
      expect(await rejection(sending)).toMatchObject({
        name: "ConfigError",
        message: expect.stringContaining("Insecure server: ") as string,
      });
    expect(requests).toHaveLength(sent ? 1 : 0);
  });
});

test.each<[string, unknown, RegExp]>([
  [
    "an unknown option",
    { server: "https://h", tokn: "a" },
    /^Invalid tokn: there is no such option; did you mean token\?/,
  ],
  ["an option of Node's", { server: "https://h", ca: "a" }, /^Invalid ca: there is no such option/],
  ["a token that no header can carry", { server: "https://h", token: "a\nb" }, /^Invalid token: /],
  ["a token of another type", { server: "https://h", token: 1 }, /^Invalid token: .*not a number/],
  ["no function", { server: "https://h", fetch: {} }, /^Invalid fetch: /],
  ["no options", undefined, /^Invalid options: /],
])("%s is refused", (_, options, message) => {
  expect(() => createWebTransport(options as never)).toThrow(message);
});
