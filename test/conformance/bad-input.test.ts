import {
  ConnectionError,
  createCluster,
  DecodeError,
  LimitError,
  RedirectError,
  retry,
  StatusError,
  TimeoutError,
  type Transport,
} from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";

import { rejection, until } from "../support/api-request.ts";
import { createAuthority } from "../support/certificates.ts";
import { type Handler, type HandlerServer, type Protocol, startHandlerServer } from "../support/handler-server.ts";

const authority = createAuthority();
const certificate = authority.issue();
afterAll(() => authority.remove());

type Create = (server: string) => Transport;
const transports: readonly (readonly [string, Protocol, Create])[] = [
  ["web transport", "http", (server) => createWebTransport({ server })],
  ["Node transport over plain http", "http", (server) => createNodeTransport({ server })],
  ["Node transport over HTTP/1.1", "https", (server) => createNodeTransport({ server, ca: authority.ca })],
  ["Node transport over HTTP/2", "h2", (server) => createNodeTransport({ server, ca: authority.ca })],
];

const json = { "content-type": "application/json" };
const answer =
  (status: number, body: string | Uint8Array = "", headers: Record<string, string> = json): Handler =>
  (_request, reply) => {
    reply.head(status, headers);
    reply.end(body);
  };
const status = (code: number, reason: string, message: string): Handler =>
  answer(
    code,
    JSON.stringify({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", reason, message, code }),
  );

const html = '<!doctype html><title>Please log in</title><form action="/login?canary">\n';
const pod = '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}';
const list = `{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[${pod}]}`;
const event = `{"type":"ADDED","object":${pod}}\n`;
/** 33 MiB in one text. */
const huge = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"${"x".repeat(33 * 1024 * 1024)}"}}`;

type Call = "get" | "list" | "watch" | "create";
type ErrorClass = abstract new (...args: never[]) => Error;

interface Row {
  readonly what: string;
  readonly handler: Handler;
  readonly calls: readonly Call[];
  readonly type: ErrorClass;
  /** Reason first, then what is wrong and what to do. */
  readonly said: RegExp;
  readonly options?: () => { readonly signal?: AbortSignal; readonly timeoutMs?: number };
}

const all: readonly Call[] = ["get", "list", "watch", "create"];
const rows: readonly Row[] = [
  {
    what: "a web page of a captive portal, status 200",
    handler: answer(200, html, { "content-type": "text/html" }),
    calls: all,
    type: DecodeError,
    said: /^Undecodable: expected application\/json, but the answer is text\/html; it did not come from an API server; check the server's address and any proxy or portal/,
  },
  {
    what: "a web page that calls itself JSON",
    handler: answer(200, html),
    calls: all,
    type: DecodeError,
    said: /^Undecodable: /,
  },
  {
    what: "a web page, status 503",
    handler: answer(503, html, { "content-type": "text/html" }),
    calls: all,
    type: StatusError,
    said: /^ServiceUnavailable: .*: a web page "Please log in"; it did not come from an API server; check/,
  },
  {
    what: "JSON that stops too early",
    handler: answer(200, list.slice(0, -30)),
    calls: ["get", "list"],
    type: DecodeError,
    said: /^Undecodable: /,
  },
  {
    what: "an event that stops too early",
    handler: answer(200, event + event.slice(0, 30)),
    calls: ["watch"],
    type: ConnectionError,
    said: /^Disconnected: /,
  },
  {
    what: "no body",
    handler: answer(200),
    calls: ["get", "list", "create"],
    type: DecodeError,
    said: /^Undecodable: /,
  },
  {
    what: "JSON that is no object",
    handler: answer(200, '"fine"'),
    calls: ["get", "list", "create"],
    type: DecodeError,
    said: /^Undecodable: /,
  },
  {
    what: "bytes that are no UTF-8",
    handler: answer(200, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
    calls: ["get", "list"],
    type: DecodeError,
    said: /^Undecodable: /,
  },
  {
    what: "an object beyond the ceiling",
    handler: answer(200, huge),
    calls: ["get", "create"],
    type: LimitError,
    said: /^TooLarge: .* is larger than 33554432 bytes; /,
  },
  {
    what: "an item of a list beyond the ceiling",
    handler: answer(200, `{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[${huge}]}`),
    calls: ["list"],
    type: LimitError,
    said: /^TooLarge: .* is larger than 33554432 bytes; /,
  },
  {
    what: "an event beyond the ceiling",
    handler: answer(200, `{"type":"ADDED","object":${huge}}\n`),
    calls: ["watch"],
    type: LimitError,
    said: /^TooLarge: .* is larger than 33554432 bytes; /,
  },
  {
    what: "an error whose body is beyond the ceiling",
    handler: answer(500, huge),
    calls: ["get", "watch"],
    type: StatusError,
    said: /^InternalError: /,
  },
  {
    what: "an error whose body is a JSON string",
    handler: answer(500, '"out of order"'),
    calls: all,
    type: StatusError,
    said: /^InternalError: the server answered HTTP 500: out of order \(/,
  },
  {
    what: "an ERROR event",
    handler: answer(
      200,
      '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n',
    ),
    calls: ["watch"],
    type: StatusError,
    said: /^Expired: too old/,
  },
  {
    what: "a redirect",
    handler: answer(307, "", { location: "https://elsewhere.test/" }),
    calls: all,
    type: RedirectError,
    said: /^Redirect: .*never followed; use the final address as the server/,
  },
  {
    what: "401",
    handler: status(401, "Unauthorized", "Unauthorized"),
    calls: all,
    type: StatusError,
    said: /^Unauthorized: /,
  },
  {
    what: "401 without a Status",
    handler: answer(401, "no", { "content-type": "text/plain" }),
    calls: all,
    type: StatusError,
    said: /^Unauthorized: .*pass a token, a client certificate or a kubeconfig user/,
  },
  {
    what: "403",
    handler: status(403, "Forbidden", 'pods is forbidden: User "x" cannot list'),
    calls: all,
    type: StatusError,
    said: /^Forbidden: pods is forbidden: User "x" cannot list/,
  },
  {
    what: "silence, until timeoutMs",
    handler: () => {},
    calls: all,
    type: TimeoutError,
    said: /^Timeout: no complete answer within 150 ms; pass a larger timeoutMs if the server needs longer/,
    options: () => ({ timeoutMs: 150 }),
  },
  {
    what: "a body that never ends, until timeoutMs",
    handler: (_request, reply) => {
      reply.head(200, json);
      reply.write('{"kind":');
    },
    calls: ["get", "list", "create"],
    type: TimeoutError,
    said: /^Timeout: /,
    options: () => ({ timeoutMs: 150 }),
  },
  {
    what: "a connection that breaks before the answer",
    handler: (request) => request.destroyConnection(),
    calls: all,
    type: ConnectionError,
    said: /^(ConnectionLost|StreamReset|Unreachable): /,
  },
  {
    what: "a connection that breaks in the body",
    handler: (request, reply) => {
      reply.head(200, json);
      reply.write('{"kind":');
      setTimeout(() => request.destroyConnection(), 30);
    },
    calls: all,
    type: ConnectionError,
    said: /^(ConnectionLost|StreamReset): /,
  },
];

type Options = ReturnType<NonNullable<Row["options"]>>;

const start: Readonly<Record<Call, (pods: ReturnType<CoreV1["pods"]["in"]>, options: Options) => Promise<unknown>>> = {
  get: (pods, options) => pods.get("x", options),
  list: (pods, options) => pods.list(options),
  create: (pods, options) => pods.create({ metadata: { name: "x" }, spec: { containers: [] } }, options),
  async watch(pods, options) {
    for await (const _ of pods.watch(options));
    throw new Error("the watch ended without an error");
  },
};

/** Sockets, servers and timers of this process. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe.each(transports)("%s", (_name, protocol, create) => {
  let before: Record<string, number>;
  let server: HandlerServer | undefined;
  let transport: Transport | undefined;
  beforeEach(() => {
    before = handles();
  });
  afterEach(async () => {
    await transport?.close();
    await server?.close();
    // Whatever went wrong, nothing is left open.
    await until(() => Object.entries(handles()).every(([name, count]) => count <= (before[name] ?? 0)));
  });

  async function podsOf(handler: Handler) {
    server = await startHandlerServer(protocol, handler, certificate);
    transport = create(server.origin);
    return createCluster({ transport, interceptors: [retry()], timeoutMs: 30_000 })
      .api(CoreV1)
      .pods.in("default");
  }

  test.each(rows)("$what", async ({ handler, calls, type, said, options }) => {
    const pods = await podsOf(handler);
    for (const call of calls) {
      const error = (await rejection(start[call](pods, options?.() ?? {}))) as Error;
      expect(error, call).toBeInstanceOf(type);
      expect(error.message, call).toMatch(said);
      expect(error.message, call).toMatch(new RegExp(`\\(${call} /api/v1/namespaces/default/pods(/x)?\\)$`));
      // Bodies and addresses of others never enter messages.
      expect(error.message, call).not.toContain("canary");
    }
  });

  test.each(["before the call", "while waiting", "in the body"] as const)(
    "an abort %s rejects with the signal's own reason",
    async (when) => {
      const pods = await podsOf((_request, reply) => {
        if (when !== "in the body") return;
        reply.head(200, json);
        reply.write('{"kind":');
      });
      const reason = { not: "even an error" };
      for (const call of all) {
        const stop = new AbortController();
        if (when === "before the call") stop.abort(reason);
        else setTimeout(() => stop.abort(reason), 50);
        expect(await rejection(start[call](pods, { signal: stop.signal })), call).toBe(reason);
      }
      if (when === "before the call") expect(server?.requests).toEqual([]);
    },
  );
});
