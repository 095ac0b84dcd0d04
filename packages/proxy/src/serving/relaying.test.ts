import { once } from "node:events";
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  request as httpRequest,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  type ApiRequest,
  AuthError,
  ConnectionError,
  createCluster,
  DecodeError,
  isBodyStream,
  type Transport,
} from "@kubewright/core";
import { afterEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../test/support/eventually.ts";
import {
  type Answer,
  recordingTransport,
  type RecordingTransport,
} from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createProxy, type Proxy } from "./create-proxy.ts";
import type { ProxyOptions } from "./proxy-options.ts";

// The API server is a script here, and the proxy's time stands until a test moves it.

const open: { readonly proxy: Proxy; readonly server: Server }[] = [];
afterEach(async () => {
  for (const { proxy, server } of open.splice(0)) {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  }
});

interface Served {
  readonly clock: VirtualClock;
  readonly proxy: Proxy;
  readonly requests: readonly ApiRequest[];
  readonly refused: string[];
  readonly port: number;
  ask(path: string, asked?: Asked): Promise<IncomingMessage>;
  read(
    path: string,
    asked?: Asked,
  ): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }>;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function serve(
  transport: Transport & Partial<RecordingTransport>,
  options: Partial<ProxyOptions> = {},
  around: (proxy: Proxy) => RequestListener = (proxy) => proxy,
): Promise<Served> {
  const clock = createVirtualClock();
  const cluster = createCluster({ transport, clock, userAgent: "kubewright/1", onWarning() {} });
  const refused: string[] = [];
  const onRefused: ProxyOptions["onRefused"] = ({ status, reason }) => refused.push(`${status} ${reason}`);
  const proxy = createProxy({ cluster, onRefused, ...options });
  const server = createServer(around(proxy)).on("upgrade", proxy.upgrade);
  open.push({ proxy, server });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ask: Served["ask"] = async (path, { method = "GET", headers, body } = {}) => {
    const page = { origin: `http://127.0.0.1:${port}`, "kubewright-page": "1", "content-type": "application/json" };
    const sent = httpRequest({
      host: "127.0.0.1",
      port,
      path,
      method,
      headers: { ...(method === "GET" ? {} : page), ...headers },
    });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return response;
  };
  const read: Served["read"] = async (...asked) => {
    const response = await ask(...asked);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  };
  return { clock, proxy, requests: transport.requests ?? [], refused, port, ask, read };
}

function failing(error: unknown): Transport {
  const send: Transport["send"] = async () => {
    throw error;
  };
  return { server: "https://recorded.test", send, close: async () => {} };
}

/** Never answers. */
const silent: Transport = {
  server: "https://recorded.test",
  send: ({ signal }) =>
    new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    }),
  close: async () => {},
};

/** Answers with what is pushed, until it is ended or let go of. */
function streaming() {
  let push: (chunk: string) => void = () => {};
  let ended = false;
  const transport: Transport = {
    server: "https://recorded.test",
    async send({ signal }) {
      const waiting: string[] = [];
      let wake = (): void => {};
      push = (chunk) => {
        waiting.push(chunk);
        wake();
      };
      signal?.addEventListener("abort", () => wake());
      const body = (async function* () {
        try {
          for (;;) {
            signal?.throwIfAborted();
            const next = waiting.shift();
            if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
            else yield Buffer.from(next);
          }
        } finally {
          ended = true;
        }
      })();
      return { status: 200, headers: { get: () => undefined }, body, discard: () => void (ended = true) };
    },
    close: async () => {},
  };
  return { transport, push: (chunk: string) => push(chunk), isEnded: () => ended };
}

describe("a request", () => {
  test("goes on with what it asks for, in the proxy's own name", async () => {
    const { read, requests } = await serve(recordingTransport(), { allow: [{ verbs: ["*"], resources: ["*"] }] });
    const path = "/api/v1/namespaces/shop/pods/%C3%BC";
    const headers = {
      accept: "application/json",
      "content-type": "application/merge-patch+json",
      "user-agent": "Mozilla/5.0",
    };
    await read(`/k8s${path}?fieldManager=a+b&x=1&x=2&__proto__=y`, { method: "PATCH", headers, body: '{"a":1}' });
    expect(requests).toMatchObject([
      { method: "PATCH", path, query: "fieldManager=a%20b&x=1&x=2&__proto__=y", streaming: false, replay: "never" },
    ]);
    expect({ ...requests[0]!.headers }).toEqual({
      accept: ["application/json"],
      "content-type": ["application/merge-patch+json"],
      "user-agent": ["kubewright/1"],
    });
    expect(Buffer.from(requests[0]!.body as Uint8Array).toString()).toBe('{"a":1}');
  });

  test.each<[string, boolean]>([
    ["/api/v1/pods?watch=true", true],
    ["/api/v1/namespaces/shop/pods/a/log?follow=true", true],
    ["/api/v1/namespaces/shop/pods/a/log", false],
    ["/api/v1/pods?limit=1", false],
  ])("for %s goes on as a stream: %s", async (path, isStream) => {
    const { read, requests } = await serve(recordingTransport());
    await read(`/k8s${path}`);
    expect(requests).toMatchObject([{ streaming: isStream, replay: isStream ? "never" : "safe" }]);
  });

  test("is found below another prefix, below none, and where a framework took the prefix away", async () => {
    const other = await serve(recordingTransport(), { prefix: "/a/b" });
    expect((await other.read("/a/b/version")).status).toBe(200);
    expect((await other.read("/a/version")).status).toBe(404);
    const none = await serve(recordingTransport(), { prefix: "" });
    expect((await none.read("/version")).status).toBe(200);
    const mounted = await serve(recordingTransport(), {}, (proxy) => (request, response) => {
      Object.assign(request, { originalUrl: request.url, url: request.url?.replace("/k8s", "") });
      proxy(request, response);
    });
    expect((await mounted.read("/k8s/version")).status).toBe(200);
    expect(mounted.requests).toMatchObject([{ path: "/version" }]);
  });

  test("whose body a parser took before is refused, with what to do", async () => {
    const parsed = await serve(
      recordingTransport(),
      { allow: [{ verbs: ["create"], resources: ["pods"] }] },
      (proxy) => (request, response) => {
        void text(request).then(() => proxy(request, response));
      },
    );
    const { status, body } = await parsed.read("/k8s/api/v1/namespaces/shop/pods", { method: "POST", body: "{}" });
    expect([status, JSON.parse(body).message]).toEqual([
      500,
      expect.stringContaining("must come before what parses bodies"),
    ]);
    expect(parsed.requests).toEqual([]);
  });

  test("acts as whom the proxy says, by impersonation or by a token", async () => {
    const { read, requests } = await serve(recordingTransport(), {
      identify: ({ headers }) =>
        headers.cookie === "jane" ? { impersonate: { user: "jane", groups: ["a", "b"] } } : { token: "hunter2" },
    });
    await read("/k8s/version", { headers: { cookie: "jane", authorization: "Bearer hunter2" } });
    await read("/k8s/version");
    expect(
      requests.map(({ headers }) => [
        headers["impersonate-user"],
        headers["impersonate-group"],
        headers["authorization"],
      ]),
    ).toEqual([
      [["jane"], ["a", "b"], undefined],
      [undefined, undefined, ["Bearer hunter2"]],
    ]);
  });
});

test("an upgrade that a server does not tell apart is refused, not taken for a plain request", async () => {
  const { read, requests } = await serve(recordingTransport());
  open[0]!.server.removeAllListeners("upgrade");
  const { status } = await read("/k8s/version", { headers: { connection: "upgrade", upgrade: "websocket" } });
  expect([status, requests]).toEqual([400, []]);
});

describe("an answer", () => {
  test("brings its type and warnings, and nothing else of the API server", async () => {
    const headers = {
      "content-type": "application/json",
      warning: '299 - "ü"',
      "set-cookie": "canary=1",
      "x-kubernetes-pf-flowschema-uid": "1",
      "content-encoding": "x",
    };
    const { read } = await serve(recordingTransport(() => ({ headers, body: "{}" })));
    const answer = await read("/k8s/version");
    expect(Object.keys(answer.headers).toSorted()).toEqual(
      [
        ...["cache-control", "connection", "content-security-policy", "content-type", "cross-origin-resource-policy"],
        ...["date", "keep-alive", "transfer-encoding", "warning", "x-accel-buffering", "x-content-type-options"],
      ].toSorted(),
    );
    expect(Buffer.from(answer.headers["warning"] as string, "latin1").toString()).toBe('299 - "ü"');
  });

  const failure = (code: number, reason: string): Answer => ({
    status: code,
    json: { kind: "Status", apiVersion: "v1", status: "Failure", message: "m", reason, code },
  });

  test("that refuses arrives as it is, with when to try again", async () => {
    const answers = [
      failure(404, "NotFound"),
      failure(409, "Conflict"),
      { ...failure(429, "TooManyRequests"), headers: { "content-type": "application/json", "retry-after": "7" } },
    ];
    const { read, refused } = await serve(recordingTransport((_, at) => answers[Math.min(at, 2)]!));
    expect(JSON.parse((await read("/k8s/api/v1/namespaces/a")).body)).toMatchObject({ reason: "NotFound", code: 404 });
    expect((await read("/k8s/api/v1/namespaces/a")).status).toBe(409);
    expect(refused).toEqual([]);
  });

  test("that is text arrives as text", async () => {
    const { read } = await serve(
      recordingTransport(() => ({
        status: 503,
        body: "[-]etcd failed",
        headers: { "content-type": "text/plain", "retry-after": "1000" },
      })),
    );
    const { status, headers, body } = await read("/k8s/readyz");
    expect([status, headers["content-type"], headers["retry-after"], body]).toEqual([
      503,
      "text/plain; charset=utf-8",
      "1000",
      "[-]etcd failed",
    ]);
  });

  test("of 401 is the page's where the token is the page's, and else the proxy's trouble", async () => {
    const token = await serve(
      recordingTransport(() => failure(401, "Unauthorized")),
      { identify: () => ({ token: "hunter2" }) },
    );
    expect((await token.read("/k8s/version")).status).toBe(401);
    const own = await serve(recordingTransport(() => failure(401, "Unauthorized")));
    expect((await own.read("/k8s/version")).status).toBe(502);
    const asOther = await serve(
      recordingTransport(() => failure(401, "Unauthorized")),
      { identify: () => ({ impersonate: { user: "a" } }) },
    );
    expect((await asOther.read("/k8s/version")).status).toBe(502);
  });

  test.each<[string, unknown, number]>([
    ["a connection that fails", new ConnectionError("10.9.8.7 refused", { permanent: true }), 502],
    ["credentials that fail", new AuthError("10.9.8.7 failed"), 502],
    ["what is no API server", new DecodeError("10.9.8.7"), 502],
    ["a bug", new TypeError("10.9.8.7"), 500],
  ])("that never comes because of %s is told in words that name no place", async (_, error, code) => {
    const causes: unknown[] = [];
    const { read } = await serve(failing(error), { onRefused: ({ cause }) => causes.push(cause) });
    const { status, body } = await read("/k8s/version", { headers: {} });
    expect(JSON.parse(body)).toMatchObject({ kind: "Status", status: "Failure", code });
    expect([status, body.includes("10.9.8.7")]).toEqual([code, false]);
    expect(causes).toEqual([error]);
  });

  test("that does not come in time is a 504", async () => {
    const { read, clock, refused } = await serve(silent, { limits: { answerMs: 5000 } });
    const answer = read("/k8s/version");
    await eventually(() => clock.pending > 0 || undefined, "it waits");
    await clock.advance(5000);
    expect((await answer).status).toBe(504);
    expect(refused).toEqual(["504 Timeout"]);
  });

  test("goes on as it comes, and ends with the page", async () => {
    const { transport, push, isEnded } = streaming();
    const { ask } = await serve(transport);
    const response = await ask("/k8s/api/v1/pods?watch=true");
    push("a");
    expect(String((await once(response, "data"))[0])).toBe("a");
    response.destroy();
    await eventually(() => isEnded() || undefined, "it is let go of");
  });

  test("that breaks off is no whole answer", async () => {
    const broken = (async function* () {
      yield Buffer.from("{");
      throw new ConnectionError("broke");
    })();
    const { ask } = await serve({
      ...failing(undefined),
      send: async () => ({ status: 200, headers: { get: () => undefined }, body: broken, discard() {} }),
    });
    await expect(ask("/k8s/version").then(text)).rejects.toThrow(/aborted|hang up/);
  });

  test("that a page does not take is given up, and waits for no more meanwhile", async () => {
    const { transport, push, isEnded } = streaming();
    const { ask, clock } = await serve(transport, { limits: { stallMs: 1000 } });
    const response = await ask("/k8s/api/v1/pods?watch=true");
    response.pause();
    const before = clock.pending;
    for (let at = 0; at < 400; at++) push("x".repeat(65_536));
    await eventually(() => clock.pending > before || undefined, "it waits for the page");
    await clock.advance(1000);
    await eventually(() => isEnded() || undefined, "it is let go of");
  });

  test("that goes on ends when nobody is signed in any more, or somebody else is", async () => {
    let user: string | undefined = "jane";
    const { transport, push, isEnded } = streaming();
    const { ask, clock } = await serve(transport, {
      identify: () => (user === undefined ? undefined : { impersonate: { user } }),
    });
    const response = await ask("/k8s/api/v1/pods?watch=true");
    response.on("error", () => {});
    await clock.advance(60_000);
    push("a");
    await once(response, "data");
    expect(isEnded()).toBe(false);
    user = "joe";
    await clock.advance(60_000);
    await eventually(() => (response.closed && isEnded()) || undefined, "it is let go of");
  });
});

describe("limits", () => {
  test("let only so many requests be under way in all", async () => {
    const { read, clock } = await serve(silent, {
      identify: ({ headers }) => ({ impersonate: { user: headers.cookie ?? "a" } }),
      limits: { inAll: { requests: 3 } },
    });
    const ends: Promise<unknown>[] = [];
    for (const cookie of ["a", "a", "b"]) {
      const before = clock.pending;
      ends.push(read("/k8s/version", { headers: { cookie } }));
      await eventually(() => clock.pending > before || undefined, "it is under way");
    }
    const answer = await read("/k8s/version", { headers: { cookie: "c" } });
    expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
    expect(JSON.parse(answer.body).message).toContain("the proxy has 3 requests under way");
    for (const { proxy } of open) await proxy.close();
    await Promise.all(ends);
  });

  test("let only so many requests of one identity be under way", async () => {
    const { read, clock } = await serve(silent, {
      identify: ({ headers }) => ({ impersonate: { user: headers.cookie ?? "a" } }),
      limits: { perIdentity: { requests: 1 } },
    });
    const first = read("/k8s/version");
    await eventually(() => clock.pending > 0 || undefined, "it is under way");
    expect((await read("/k8s/version")).status).toBe(429);
    const other = read("/k8s/version", { headers: { cookie: "b" } });
    await eventually(() => clock.pending > 1 || undefined, "it is under way");
    await clock.advance(60_000);
    expect([(await first).status, (await other).status]).toEqual([504, 504]);
  });

  test("let only so many begin in a second, after a pause three times as many", async () => {
    const { read, clock } = await serve(recordingTransport(), { limits: { perIdentity: { requestsPerSecond: 2 } } });
    const statuses = async (count: number) => {
      const all: number[] = [];
      for (let at = 0; at < count; at++) all.push((await read("/k8s/version")).status);
      return all;
    };
    expect(await statuses(7)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    await clock.advance(1000);
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await clock.advance(60_000);
    expect(await statuses(7)).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  test("let only so many begin in a second in all, before anybody is asked who it is", async () => {
    let asked = 0;
    const { read } = await serve(recordingTransport(), {
      identify: () => ({ impersonate: { user: `user ${asked++}` } }),
      limits: { inAll: { requestsPerSecond: 1 } },
    });
    const statuses: number[] = [];
    for (let at = 0; at < 5; at++) statuses.push((await read("/k8s/version")).status);
    expect([statuses, asked]).toEqual([[200, 200, 200, 429, 429], 3]);
  });

  test("count streams apart", async () => {
    const { transport } = streaming();
    const { ask, read } = await serve(transport, { limits: { perIdentity: { streams: 1 } } });
    const first = await ask("/k8s/api/v1/pods?watch=true");
    expect((await read("/k8s/api/v1/pods?watch=true")).status).toBe(429);
    first.destroy();
    await eventually(async () => {
      const next = await ask("/k8s/api/v1/pods?watch=true");
      next.destroy();
      return next.statusCode === 200 || undefined;
    }, "the first is counted out");
  });
});

describe("a large body", () => {
  const path = "/k8s/api/v1/namespaces/shop/configmaps";
  const allow = [{ verbs: ["create"], resources: ["configmaps"] }] as const;

  /** An API server that notes what comes to it, and answers at the end. */
  function taking() {
    const come = { bytes: 0, ended: false, problem: undefined as unknown, requests: 0 };
    const transport: Transport = {
      server: "https://recorded.test",
      async send({ body, signal }) {
        come.requests += 1;
        if (!isBodyStream(body)) throw new Error("the body is no stream");
        signal?.addEventListener("abort", () => (come.problem ??= signal.reason));
        try {
          for await (const chunk of body.chunks) come.bytes += chunk.byteLength;
        } catch (error) {
          come.problem ??= error;
          throw error;
        }
        come.ended = true;
        return { status: 201, headers: { get: () => undefined }, body: nothing(), discard() {} };
      },
      close: async () => {},
    };
    return { come, transport };
  }
  async function* nothing(): AsyncGenerator<Uint8Array> {}

  /** Begins to send a body of so many bytes. */
  function begin(port: number, length: number): ClientRequest {
    const headers = {
      origin: `http://127.0.0.1:${port}`,
      "kubewright-page": "1",
      "content-type": "application/json",
      "content-length": length,
    };
    const sent = httpRequest({ host: "127.0.0.1", port, path, method: "POST", headers });
    sent.on("error", () => {});
    sent.flushHeaders();
    return sent;
  }

  test("goes on as it comes", async () => {
    const { come, transport } = taking();
    const { port } = await serve(transport, { allow });
    const sent = begin(port, 200_000);
    sent.write(Buffer.alloc(100_000));
    await eventually(() => come.bytes === 100_000 || undefined, "the first half is there");
    expect(come.ended).toBe(false);
    sent.end(Buffer.alloc(100_000));
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    expect([response.statusCode, come.bytes, come.ended]).toEqual([201, 200_000, true]);
  });

  test("that is larger than may be is refused before anything is sent", async () => {
    const { come, transport } = taking();
    const { port, refused } = await serve(transport, { allow, limits: { bodyBytes: 150_000 } });
    const [response] = (await once(begin(port, 200_000), "response")) as [IncomingMessage];
    expect([response.statusCode, come.requests, refused]).toEqual([413, 0, ["413 RequestEntityTooLarge"]]);
  });

  test("that does not come in time is refused, and never seems to have ended", async () => {
    const { come, transport } = taking();
    const { port, clock, refused } = await serve(transport, { allow });
    const sent = begin(port, 200_000);
    sent.write(Buffer.alloc(100_000));
    await eventually(() => come.bytes === 100_000 || undefined, "the first half is there");
    const answered = once(sent, "response") as Promise<[IncomingMessage]>;
    await clock.advance(30_000);
    const [response] = await answered;
    expect([response.statusCode, come.ended, refused]).toEqual([408, false, ["408 Timeout"]]);
    expect(come.problem).toMatchObject({ code: 408 });
    sent.destroy();
  });

  test("whose page leaves ends at the API server too", async () => {
    const { come, transport } = taking();
    const { port } = await serve(transport, { allow });
    const sent = begin(port, 200_000);
    sent.write(Buffer.alloc(100_000));
    await eventually(() => come.bytes === 100_000 || undefined, "the first half is there");
    sent.destroy();
    await eventually(() => come.problem, "it broke off");
    expect(come.ended).toBe(false);
  });

  test("that the API server does not want leaves the connection for what comes next", async () => {
    const refusing = recordingTransport(() => ({
      status: 403,
      json: { kind: "Status", reason: "Forbidden", code: 403 },
    }));
    const { port } = await serve(refusing, { allow });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { origin: `http://127.0.0.1:${port}`, "kubewright-page": "1", "content-type": "application/json" };
    for (const size of [500_000, 10]) {
      const sent = httpRequest({ host: "127.0.0.1", port, path, method: "POST", agent, headers });
      sent.end(Buffer.alloc(size));
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      expect([response.statusCode, JSON.parse(await text(response)).reason]).toEqual([403, "Forbidden"]);
    }
    agent.destroy();
  });

  test("that is small waits until it is whole, so that it can be sent again", async () => {
    const { port, requests } = await serve(recordingTransport(), { allow });
    const sent = begin(port, 60_000);
    sent.write(Buffer.alloc(59_999));
    sent.end(Buffer.alloc(1));
    await once(sent, "response");
    expect(requests[0]!.body).toHaveLength(60_000);
  });
});

test("closing ends what goes on, and refuses what comes", async () => {
  const { transport, isEnded } = streaming();
  const { ask, read, proxy } = await serve(transport);
  const response = await ask("/k8s/api/v1/pods?watch=true");
  response.on("error", () => {});
  await proxy.close();
  expect(isEnded()).toBe(true);
  const { status, headers } = await read("/k8s/version");
  expect([status, headers["retry-after"]]).toEqual([503, "1"]);
});
