import { type Deadline, startDeadline } from "../time/deadline.ts";
import { LIST_LIMIT, OBJECT_LIMIT, readBytes, readText } from "../bytes/body.ts";
import { parseJson } from "../codec/json/parse-json.ts";
import { InputError } from "../errors/input-error.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import { isPlainObject, plainObject } from "../input/plain-object.ts";
import { asText } from "../request/text.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { appendQuery, queryOf } from "../request/query.ts";
import { callRules, flag, oneOf, type Rule, type RulesFor, unsent } from "../request/rules/rule.ts";
import { headerLists } from "../request/headers.ts";
import { proxiedPath } from "../request/proxied.ts";
import { rawPath } from "../request/raw-path.ts";
import { isBodyStream, trackBody } from "../transport/body-stream.ts";
import { createResends } from "../transport/resends.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import type { ApiResponse } from "../transport/transport.ts";
import type { BodyStream } from "../types/body-stream.ts";
import type { Method } from "../types/http.ts";
import type { RawRequest, RawResponse } from "../types/raw-request.ts";
import { type CallContext, placed, requestOf } from "./call.ts";

const methods: readonly Method[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

// Checked where it becomes a part of the request.
const part: Rule = () => undefined;

const requestRules: RulesFor<RawRequest> = {
  ...callRules,
  method: part,
  path: part,
  query: part,
  headers: part,
  body: part,
  streaming: unsent(flag),
  replay: unsent(oneOf("safe", "refused", "never")),
};

/**
 * Sends a raw request. A status of 300 or more is thrown, as for every other call: forgotten, it would pass for success. Whoever
 * wants to read what came with it, such as the checks that failed behind `/readyz`, finds it as the error's `body`; client-go's
 * `Do().Raw()` gives error and body in the same way.
 */
export async function rawRequest(context: CallContext, input: RawRequest): Promise<RawResponse> {
  const parts = rawParts(input);
  return sendRaw(context, parts, input, async (ask) => {
    const response = await ask(parts);
    if (response.status >= 300) throw await refusal(context, response, parts);
    return response;
  });
}

/** Sends a raw request below a path, which may lack its namespace. Whatever comes back is the answer: who gave it, nobody can tell. */
export async function requestBelow(context: CallContext, below: string, input: RawRequest): Promise<RawResponse> {
  const parts = rawParts(input, proxiedPath);
  return sendRaw(context, { ...parts, path: below + parts.path }, input, async (ask, deadline) => {
    const { path } = await placed(context, { ...parts, path: below }, deadline);
    return ask({ ...parts, path: path + parts.path });
  });
}

/** What is asked for by hand. @throws InputError for wrong input */
export function rawParts(input: RawRequest, pathOf: (path: unknown) => string = rawPath): RequestParts {
  if (!isPlainObject(input))
    throw new InputError("request", `it must be an object such as { path: "/readyz" }, not ${whatItIs(input)}`);
  queryOf(requestRules, input);
  const method = rawMethod(input.method ?? "GET");
  const headers = headerLists(input.headers ?? {});
  if (input.token !== undefined && headers["authorization"] !== undefined)
    throw new InputError("token", "it cannot be combined with a header authorization; leave one of them out");
  return {
    verb: method.toLowerCase(),
    method,
    path: pathOf(input.path),
    query: rawQuery(input.query ?? {}),
    headers,
    body: rawBody(input.body),
    replay: input.replay ?? (method === "GET" || method === "HEAD" ? "safe" : "refused"),
  };
}

type Ask = (parts: RequestParts) => Promise<ApiResponse>;

async function sendRaw(
  context: CallContext,
  parts: RequestParts,
  input: RawRequest,
  send: (ask: Ask, deadline: Deadline) => Promise<ApiResponse>,
): Promise<RawResponse> {
  const deadline = startDeadline(context, input, parts);
  try {
    const resends = createResends(parts, context.resendBudget);
    const response = await send(
      (sent) => context.ask(requestOf(sent, input, deadline, resends, input.streaming)),
      deadline,
    );
    return rawResponse(response, parts, deadline);
  } catch (error) {
    deadline.end();
    throw error;
  }
}

/** The answer, whose deadline ends with its body. */
function rawResponse(response: ApiResponse, call: RequestInfo, deadline: Deadline): RawResponse {
  let read = false;
  const body = (): AsyncGenerator<Uint8Array, undefined> => {
    if (read) throw new InputError("body", "it has been read already, and can be read once: keep what it gave");
    read = true;
    return endingWith(response.body, deadline.end);
  };
  const text = async (): Promise<string> => readText(body(), LIST_LIMIT, "the response", call);
  return {
    status: response.status,
    headers: response.headers,
    body: {
      [Symbol.asyncIterator]: () => {
        deadline.stopClock();
        return body();
      },
    },
    bytes: async () => readBytes(body(), LIST_LIMIT, "the response", call),
    text,
    json: async () => parseJson(await text(), call),
    discard: () => {
      deadline.end();
      response.discard();
    },
  };
}

/** The call as an error names it, before it is known to be right. A path may hold what belongs into the query. */
export function rawCall(input: unknown): RequestInfo {
  const { method = "GET", path } = Object(input) as { readonly method?: unknown; readonly path?: unknown };
  const verb = typeof method === "string" && /^[A-Za-z]{1,20}$/.test(method) ? method.toLowerCase() : "request";
  return { verb, path: typeof path === "string" ? path.replace(/[?#].*/s, "") : "/" };
}

/** What a status of 300 or more is thrown as. */
export async function refusal(context: CallContext, response: ApiResponse, request: RequestInfo): Promise<unknown> {
  const { status, headers } = response;
  // Of a redirect, its target is all there is to know.
  if (status < 400) return context.codecs.failure(response, request);
  let bytes: Uint8Array | undefined;
  let broken: unknown;
  try {
    bytes = await readBytes(response.body, OBJECT_LIMIT, "the error's body", request);
  } catch (error) {
    broken = error;
  }
  const body = read(bytes, broken);
  const error = await context.codecs.failure({ status, headers, body, discard: () => {} }, request);
  if (!(error instanceof StatusError) || bytes === undefined) return error;
  const { retryAfterSeconds, cause } = error;
  return new StatusError(error.status, status, {
    request,
    retryAfterSeconds,
    cause,
    body: new TextDecoder().decode(bytes),
  });
}

/** A body that was read already, or broke. */
async function* read(bytes: Uint8Array | undefined, broken: unknown): AsyncGenerator<Uint8Array> {
  if (bytes === undefined) throw broken;
  yield bytes;
}

async function* endingWith<T>(values: AsyncIterable<T>, end: () => void): AsyncGenerator<T, undefined> {
  try {
    yield* values;
  } finally {
    end();
  }
}

function rawMethod(value: unknown): Method {
  const found = methods.find((method) => method === asText(value, "method"));
  if (found === undefined)
    throw new InputError(
      "method",
      `there is no method ${JSON.stringify(value)}; it must be one of ${methods.join(", ")}`,
    );
  return found;
}

function rawBody(body: unknown): string | Uint8Array | BodyStream | undefined {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return body;
  if (isBodyStream(body)) {
    if (Number.isInteger(body.length) && body.length >= 0) return trackBody(body);
    throw new InputError("body.length", "it must be the number of bytes of all chunks");
  }
  const json = isPlainObject(body) || Array.isArray(body);
  const fix = json ? `; write it as JSON.stringify(…), with the header "content-type": "application/json"` : "";
  throw new InputError("body", `it must be text, a Uint8Array or { length, chunks }, not ${whatItIs(body)}${fix}`);
}

function parameter(value: unknown, field: string): string {
  if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return String(value);
  throw new InputError(
    field,
    `it must be text, a number or a boolean, not ${Number.isNaN(value) ? "NaN" : whatItIs(value)}`,
  );
}

function rawQuery(parameters: unknown): string {
  let query = "";
  for (const [name, value] of Object.entries(plainObject(parameters, "query"))) {
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value])
      query = appendQuery(query, name, parameter(one, `query.${name}`));
  }
  return query;
}
