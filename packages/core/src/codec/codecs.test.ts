import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { fakeBytes, fakeCodec, fakeFrame, protobufType } from "../../../../test/support/fake-protobuf.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import { isConflict, isNotFound, isUnauthorized } from "../errors/guards.ts";
import type { StatusError } from "../errors/status-error.ts";
import { ConnectionError, RedirectError, TimeoutError } from "../errors/transport-errors.ts";
import { systemClock } from "../time/clock.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { createCodecs } from "./codecs.ts";
import { json as codec } from "./json/json.ts";
import { protobufEncoding } from "./protobuf-encoding.ts";

const codecs = createCodecs([codec], systemClock);
const request = { verb: "get", path: "/api/v1/pods" };

interface Fake extends ApiResponse {
  discarded: boolean;
}

function respond(status: number, headers: Record<string, string>, ...parts: (string | Uint8Array | Error)[]): Fake {
  return {
    status,
    headers: { get: (name) => headers[name] },
    discarded: false,
    discard() {
      this.discarded = true;
    },
    body: (async function* () {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        yield typeof part === "string" ? new TextEncoder().encode(part) : part;
      }
    })(),
  };
}

const json = { "content-type": "application/json" };
const fail = (response: ApiResponse): Promise<unknown> => rejection(codecs.object(response, request));

describe("an object in JSON", () => {
  test.each([
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/json;as=Table;v=v1;g=meta.k8s.io",
    "application/openapi.v2+json",
    "application/json ,text/plain",
  ])("reads %s", async (type) => {
    expect(await codecs.object(respond(200, { "content-type": type }, '{"a":', "1}\n"), request)).toEqual({ a: 1 });
  });

  test.each([
    ["text/html; charset=utf-8", "text/html"],
    ["application/jsonp", "application/jsonp"],
    ["text/json", "text/json"],
    ["application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf"],
  ])("refuses %s, and lets go of the body", async (type, said) => {
    const response = respond(200, { "content-type": type }, "<html>hunter2");
    const error = await fail(response);
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toContain(said);
    expect(String(error)).toContain("API server");
    expect(String(error)).toMatch(/\(get \/api\/v1\/pods\)$/);
    expect(response.discarded).toBe(true);
  });

  test.each([
    "",
    "null",
    "[]",
    '"hunter2"',
    "1",
    '{"hunter2":',
    '{"a":1}hunter2',
    "<html>hunter2",
    '\uFEFF{"hunter2":1}',
  ])("refuses the body %j without quoting it", async (body) => {
    const error = await fail(respond(200, json, body));
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).not.toContain("hunter2");
    expect((error as Error).cause).toBeUndefined();
  });

  test.each([undefined, "", " "])("without a content type (%j) is read as what was asked for", async (type) => {
    const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
    expect(await codecs.object(respond(200, headers, '{"a":1}'), request)).toEqual({ a: 1 });
    const items = respond(200, headers, '{"metadata":{},"items":[{"a":1}]}');
    expect((await codecs.list(items, request, (item) => item)).items).toEqual([{ a: 1 }]);
    const event = { type: "ADDED", object: { a: 1 } };
    for await (const found of await codecs.events(respond(200, headers, JSON.stringify(event)), request))
      expect(found).toEqual(event);
    for (const reading of [
      (page: Fake) => codecs.object(page, request),
      (page: Fake) => codecs.list(page, request, (item) => item),
      async (page: Fake) => (await codecs.events(page, request)).next(),
    ]) {
      const error = await reading(respond(200, headers, "<html>hunter2\n")).then(String, String);
      expect(error).toMatch(/^DecodeError: .*without a content type.*API server.*\(get \/api\/v1\/pods\)$/);
      expect(error).not.toContain("hunter2");
    }
  });

  test.each([200, 201, 202])("the Status of a failure behind a %i is the failure", async (code) => {
    const status = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      reason: "Forbidden",
      message: "no",
      code: 403,
    };
    const response = (): Fake => respond(code, json, JSON.stringify(status));
    for (const reading of [
      codecs.object(response(), request),
      codecs.list(response(), request, (item) => item),
      codecs.events(response(), request).then((events) => events.next()),
    ]) {
      const error = await reading.then(
        () => undefined,
        (caught: unknown) => caught as StatusError,
      );
      expect(error).toMatchObject({ name: "StatusError", statusCode: 403, reason: "Forbidden", status });
    }
    const { code: _, ...bare } = status;
    expect(await fail(respond(code, json, JSON.stringify(bare)))).toMatchObject({ statusCode: code });
  });

  test("the Status of a success, and other kinds of that name, are objects", async () => {
    for (const body of [
      { kind: "Status", apiVersion: "v1", status: "Success" },
      { kind: "Status", apiVersion: "example.com/v1", status: "Failure" },
    ])
      expect(await codecs.object(respond(200, json, JSON.stringify(body)), request)).toEqual(body);
  });

  test("has a ceiling", async () => {
    expect(await fail(respond(200, json, new Uint8Array(33 * 1024 * 1024)))).toBeInstanceOf(LimitError);
  });

  test("a broken connection and an abort's reason pass through", async () => {
    for (const reason of [new ConnectionError("broken"), new Error("mine")]) {
      expect(await fail(respond(200, json, '{"a":', reason))).toBe(reason);
    }
  });
});

describe("a refusal", () => {
  const of = (response: ApiResponse): Promise<StatusError> => codecs.failure(response, request) as Promise<StatusError>;

  test("a Status is handed on as it was sent", async () => {
    const status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: 'pods "a" not found',
      reason: "NotFound",
      code: 404,
      x: 1,
    };
    const error = await of(respond(404, json, JSON.stringify(status)));
    expect(error.status).toEqual(status);
    expect(error.message).toBe('NotFound: pods "a" not found (get /api/v1/pods)');
    expect(isNotFound(error)).toBe(true);
    expect(error.retryAfterSeconds).toBeUndefined();
  });

  test.each([
    [400, "BadRequest"],
    [401, "Unauthorized"],
    [403, "Forbidden"],
    [404, "NotFound"],
    [405, "MethodNotAllowed"],
    [406, "NotAcceptable"],
    [409, "Conflict"],
    [410, "Gone"],
    [413, "RequestEntityTooLarge"],
    [415, "UnsupportedMediaType"],
    [422, "Invalid"],
    [429, "TooManyRequests"],
    [500, "InternalError"],
    [503, "ServiceUnavailable"],
    [504, "Timeout"],
    [502, "InternalError"],
    [418, "Unknown"],
  ])("a bare %i is %s", async (code, reason) => {
    for (const response of [
      respond(code, {}),
      respond(code, {}, new Uint8Array([0, 1, 2])),
      respond(code, json),
      respond(code, json, '["hunter2"]'),
      respond(code, json, '{"kind":"Pod","message":"hunter2"}'),
      respond(code, json, '{"kind":"Status","message":"hunter2'),
      respond(code, { "content-type": "text/html" }, "<html>hunter2"),
    ]) {
      const error = await of(response);
      expect(error).toMatchObject({ name: "StatusError", statusCode: code, reason, status: { kind: "Status", code } });
      expect(error.message).toContain(String(code));
      expect(error.message).not.toContain("hunter2");
    }
  });

  test("guards know the made ones", async () => {
    expect(isConflict(await of(respond(409, {})))).toBe(true);
    expect(isUnauthorized(await of(respond(401, {})))).toBe(true);
  });

  test("says what to do", async () => {
    expect((await of(respond(401, {}))).message).toContain("pass a token");
    expect((await of(respond(403, { "content-type": "text/html" }, "<html>"))).message).toContain(
      "did not come from an API server",
    );
  });

  test.each<[string, string | undefined, string, string, string?]>([
    [
      "a failing check",
      "text/plain; charset=utf-8",
      "[+]ping ok\n[-]etcd failed: reason withheld\n",
      "[+]ping ok [-]etcd failed: reason withheld",
      "[+]ping ok\n[-]etcd failed: reason withheld",
    ],
    [
      "an access proxy",
      "text/plain",
      "[00] access denied: no role allows this",
      "[00] access denied: no role allows this",
    ],
    [
      "plain http to the https port",
      undefined,
      "Client sent an HTTP request to an HTTPS server.\n",
      "Client sent an HTTP request to an HTTPS server.",
    ],
    [
      "a cloud's gateway",
      "application/json; charset=UTF-8",
      '{"error":{"code":403,"message":"permission get denied"}}',
      "permission get denied",
    ],
    [
      "a manager's front",
      "application/json",
      '{"type":"error","status":"404","message":"cluster c-gone not found"}',
      "cluster c-gone not found",
    ],
    [
      "OAuth",
      "application/json",
      '{"error":"invalid_token","error_description":"The token expired"}',
      "The token expired",
    ],
    [
      "problem details",
      "application/problem+json",
      '{"title":"Out of credit","detail":"Your balance is 30"}',
      "Your balance is 30",
    ],
    ["JSON that says so nowhere", undefined, '{"error":"no backend"}', "no backend"],
    [
      "a gateway's page",
      "text/html",
      "<html><head><title>502 Bad Gateway</title>",
      'a web page "502 Bad Gateway"',
      "502 Bad Gateway",
    ],
    [
      "a proxy that shows the request",
      "text/plain",
      "bad request: Authorization: Bearer canary.abc-def, Host: x",
      "bad request: Authorization: Bearer [redacted], Host: x",
    ],
    ["an unknown type of text", "application/octet-stream", "no healthy upstream", "no healthy upstream"],
  ])(
    "%s is heard: the text is in the message and a cause of the Status",
    async (_, type, body, short, text = short) => {
      for (const code of [400, 403, 500, 503]) {
        const error = await of(respond(code, type === undefined ? {} : { "content-type": type }, body));
        expect(error.message).toContain(`the server answered HTTP ${code}: ${short}`);
        expect(error.status.details?.causes).toEqual([{ reason: "UnexpectedServerResponse", message: text }]);
      }
    },
  );

  test("a long text is cut, and no more of it is read", async () => {
    let read = 0;
    const body = (async function* () {
      for (;;) {
        read += 1024;
        yield new Uint8Array(1024).fill(0x61);
      }
    })();
    const error = await of({ ...respond(502, { "content-type": "text/plain" }), body });
    expect(error.message).toMatch(/: a{500}… \(get/);
    expect(error.status.details?.causes?.[0]?.message).toBe(`${"a".repeat(2048)}…`);
    expect(read).toBeLessThan(100 * 1024);
  });

  test("what the server quotes of a Secret is not told", async () => {
    const status = { kind: "Status", code: 422, message: 'x: Invalid value: "hunter2"' };
    const error = await codecs.failure(respond(422, json, JSON.stringify(status)), {
      verb: "create",
      path: "/api/v1/namespaces/home/secrets",
    });
    expect(error.message).toContain("x: Invalid value: [redacted]");
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });

  test("a broken body never hides the status", async () => {
    const broken = new ConnectionError("broken");
    const error = await of(respond(500, json, '{"kind":', broken));
    expect(error).toMatchObject({ name: "StatusError", statusCode: 500, cause: broken });
    const large = await of(respond(500, json, new Uint8Array(33 * 1024 * 1024)));
    expect(large).toMatchObject({ statusCode: 500, cause: { name: "LimitError" } });
  });

  test.each([new Error("mine"), new TimeoutError(1), "a reason"])(
    "an abort's reason passes through: %s",
    async (reason) => {
      const response = respond(500, json);
      const body = (async function* (): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(1);
        throw reason as Error;
      })();
      await expect(codecs.failure({ ...response, body }, request)).rejects.toBe(reason);
    },
  );

  test.each([
    ["7", 7],
    ["0", 0],
    ["soon", undefined],
    ["-1", undefined],
    ["", undefined],
  ])("Retry-After %s", async (value, seconds) => {
    const { retryAfterSeconds } = await of(respond(429, { "retry-after": value }));
    expect(retryAfterSeconds).toBe(seconds);
  });

  test("Retry-After may be a date, and one that is over means at once", async () => {
    const now = Date.UTC(2026, 0, 1);
    const dated = createCodecs([codec], createVirtualClock({ wallNow: now }));
    for (const [ahead, seconds] of [
      [30_500, 30],
      [-5000, 0],
    ] as const) {
      const response = respond(429, { "retry-after": new Date(now + ahead).toUTCString() });
      const error = (await dated.failure(response, request)) as StatusError;
      expect(error.retryAfterSeconds).toBe(seconds);
    }
  });

  test("Retry-After goes before the Status's own", async () => {
    const status = JSON.stringify({ kind: "Status", code: 429, details: { retryAfterSeconds: 9 } });
    expect((await of(respond(429, json, status))).retryAfterSeconds).toBe(9);
    expect((await of(respond(429, { ...json, "retry-after": "3" }, status))).retryAfterSeconds).toBe(3);
  });

  test.each([
    [302, "https://user:hunter2@other.example/login?state=hunter2#hunter2", "https://other.example/login"],
    [301, "/login?token=hunter2", "/login"],
    [304, undefined, "304"],
  ])("a redirect %i is named without its secrets", async (code, location, said) => {
    const response = respond(code, location === undefined ? {} : { location });
    const error = await codecs.failure(response, request);
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ statusCode: code });
    expect(error.message).toContain(said);
    expect(error.message).not.toContain("hunter2");
    expect(response.discarded).toBe(true);
  });
});

describe("two encodings", () => {
  const codecsOf = createCodecs([protobufEncoding(() => fakeCodec), codec], systemClock);
  const type = { "content-type": `${protobufType}; charset=utf-8` };
  const status = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", message: "no", code: 404 };

  test("the response's content type chooses, of answers and of refusals, whatever was asked for", async () => {
    for (const accept of ["application/json", `${protobufType},application/json`]) {
      const asked = { ...request, headers: { accept: [accept] } };
      expect(await codecsOf.object(respond(200, type, fakeBytes({ a: 1 })), asked)).toEqual({ a: 1 });
      expect(await codecsOf.object(respond(200, json, '{"a":1}'), asked)).toEqual({ a: 1 });
      for (const response of [
        respond(404, type, fakeBytes(status)),
        respond(404, json, JSON.stringify(status)),
        respond(404, {}, fakeBytes(status)),
        respond(404, {}, JSON.stringify(status)),
      ])
        expect((await codecsOf.failure(response, asked)).message).toBe("NotFound: no (get /api/v1/pods)");
      await expect(codecsOf.object(respond(200, type, fakeBytes(status)), asked)).rejects.toThrow("NotFound: no");
    }
  });

  test("without a content type, the body's beginning does; however it is cut", async () => {
    const event = { type: "ADDED", object: { metadata: { name: "w" } } };
    const list = { metadata: {}, items: [{ a: 1 }] };
    const cut = (bytes: Uint8Array): Uint8Array[] => [...bytes].map((byte) => Uint8Array.of(byte));
    const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    for (const [write, writeEvent] of [
      [fakeBytes, fakeFrame],
      [text, text],
    ] as const) {
      for (const parts of [cut, (bytes: Uint8Array) => [bytes]]) {
        expect(await codecsOf.object(respond(200, {}, ...parts(write({ a: 1 }))), request)).toEqual({ a: 1 });
        const read = await codecsOf.list(respond(200, {}, ...parts(write(list))), request, (item) => item);
        expect(read).toEqual(list);
        const events = await codecsOf.events(respond(200, {}, ...parts(writeEvent(event))), request);
        expect((await events.next()).value).toEqual(event);
      }
    }
  });

  test("a watch without a content type is there before its first event", async () => {
    let come: ((chunk: Uint8Array) => void) | undefined;
    const response = respond(200, {});
    const first = new Promise<Uint8Array>((resolve) => (come = resolve));
    const body = (async function* () {
      yield await first;
    })();
    const events = await codecsOf.events({ ...response, body }, request);
    come?.(fakeFrame({ type: "DELETED", object: {} }));
    expect((await events.next()).value).toEqual({ type: "DELETED", object: {} });
  });

  test("the beginning of a body that breaks shows nothing, and the break stays", async () => {
    const broken = new ConnectionError("broken");
    for (const parts of [[broken], ["k8", broken], ['{"a":', broken]] as const)
      await expect(codecsOf.object(respond(200, {}, ...parts), request)).rejects.toBe(broken);
    const error = await codecsOf.failure(respond(503, {}, "k8", broken), request);
    expect(error).toMatchObject({ statusCode: 503 });
    expect(error.cause).toBeUndefined();
    for (const empty of [[], [""]]) {
      const failed = await rejection(codecsOf.object(respond(200, {}, ...empty), request));
      expect(String(failed)).toMatch(/^DecodeError: .*expected .* without a content type/);
    }
  });

  test("anything else is an error that says what was asked for", async () => {
    const both = `${protobufType},application/json`;
    for (const [accept, expected] of [
      [both, `${protobufType} or application/json`],
      ["application/json", "application/json"],
    ] as const) {
      const response = respond(200, { "content-type": "text/html" }, "<html>hunter2");
      const error = await rejection(codecsOf.object(response, { ...request, headers: { accept: [accept] } }));
      expect(String(error)).toContain(`Undecodable: expected ${expected}, but the answer is text/html;`);
      expect(response.discarded).toBe(true);
    }
  });
});
