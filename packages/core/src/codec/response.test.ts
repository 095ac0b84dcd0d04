import { describe, expect, test } from "vitest";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import { isConflict, isNotFound, isUnauthorized } from "../errors/guards.ts";
import type { StatusError } from "../errors/status-error.ts";
import { ConnectionError, RedirectError, TimeoutError } from "../errors/transport-errors.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { responseError } from "./response-error.ts";
import { decodeObject } from "./response.ts";

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
const fail = (response: ApiResponse): Promise<unknown> =>
  decodeObject(response, request).catch((error: unknown) => error);

describe("decodeObject", () => {
  test.each([
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/json;as=Table;v=v1;g=meta.k8s.io",
    "application/openapi.v2+json",
    "application/json ,text/plain",
  ])("reads %s", async (type) => {
    expect(await decodeObject(respond(200, { "content-type": type }, '{"a":', "1}\n"), request)).toEqual({ a: 1 });
  });

  test.each([
    ["text/html; charset=utf-8", "text/html"],
    ["application/jsonp", "application/jsonp"],
    ["text/json", "text/json"],
    ["application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf"],
    [undefined, "without a content type"],
    ["", "without a content type"],
  ])("refuses %s, and lets go of the body", async (type, said) => {
    const response = respond(200, type === undefined ? {} : { "content-type": type }, "<html>hunter2");
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

  test("has a ceiling", async () => {
    expect(await fail(respond(200, json, new Uint8Array(33 * 1024 * 1024)))).toBeInstanceOf(LimitError);
  });

  test("a broken connection and an abort's reason pass through", async () => {
    for (const reason of [new ConnectionError("broken"), new Error("mine")]) {
      expect(await fail(respond(200, json, '{"a":', reason))).toBe(reason);
    }
  });
});

describe("responseError", () => {
  const of = (response: ApiResponse): Promise<StatusError> => responseError(response, request) as Promise<StatusError>;

  test("a Status as it was sent", async () => {
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
      respond(code, {}, "hunter2"),
      respond(code, json),
      respond(code, json, '"hunter2"'),
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

  test("a body that nobody reads is let go of", async () => {
    const response = respond(500, { "content-type": "text/plain ; charset=utf-8" }, "hunter2");
    const error = await of(response);
    expect(error.statusCode).toBe(500);
    expect(error.cause).toBeUndefined();
    expect(response.discarded).toBe(true);
  });

  test("what the server quotes of a Secret is not told", async () => {
    const status = { kind: "Status", code: 422, message: 'x: Invalid value: "hunter2"' };
    const error = await responseError(respond(422, json, JSON.stringify(status)), {
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
      await expect(responseError({ ...response, body }, request)).rejects.toBe(reason);
    },
  );

  test.each([
    ["7", 7],
    ["0", 0],
    [new Date(Date.now() + 30_500).toUTCString(), 30],
    [new Date(Date.now() - 5000).toUTCString(), 0],
    ["soon", undefined],
    ["-1", undefined],
    ["", undefined],
  ])("Retry-After %s", async (value, seconds) => {
    const { retryAfterSeconds } = await of(respond(429, { "retry-after": value }));
    if (seconds === 30) expect([30, 31]).toContain(retryAfterSeconds);
    else expect(retryAfterSeconds).toBe(seconds);
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
    const error = await responseError(response, request);
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ statusCode: code });
    expect(error.message).toContain(said);
    expect(error.message).not.toContain("hunter2");
    expect(response.discarded).toBe(true);
  });
});
