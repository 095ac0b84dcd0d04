import { requestOf } from "../client/call.ts";
import { startDeadline } from "../time/deadline.ts";
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
import { rawPath } from "../request/raw-path.ts";
import { createResends } from "../transport/resends.ts";
import type { ApiRequest, ApiResponse, Replay, ResponseHeaders } from "../transport/transport.ts";
import type { CallOptions } from "../types/options.ts";
import type { CallContext } from "../client/call.ts";

/** A request by hand, for what has no typed call: proxies, `/readyz`, `/metrics`, other APIs behind the same server. */
export interface RawRequest extends CallOptions {
  /** Default `"GET"`. */
  readonly method?: ApiRequest["method"] | undefined;
  /** Encoded path below the server's address, beginning with `/`. */
  readonly path: string;
  /** Parameters; a list repeats its parameter. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined;
  /** Headers; a list sends several of the name. `authorization` counts alone, as `token` does. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Sent as it is; say what it is with a `content-type` header. */
  readonly body?: string | Uint8Array | undefined;
  /**
   * True for an answer that may go on for hours, such as a watch or a followed log: it takes no part in a rate limit, and no turn among
   * the requests that one connection each carries. Default false.
   */
  readonly streaming?: boolean | undefined;
  /**
   * When it may be sent again; `never` for what passes on somebody's request, who has retries of their own. Default: `safe` for GET and
   * HEAD, else `refused`.
   */
  readonly replay?: Replay | undefined;
}

/**
 * The answer to a {@link RawRequest}. Its body can be read once, by one of the ways (a second time is an InputError); `timeoutMs`
 * bounds the reading too, unless it is streamed.
 */
export interface RawResponse {
  /** The HTTP status, below 300. */
  readonly status: number;
  /** The headers. */
  readonly headers: ResponseHeaders;
  /** The body as it comes, without bound in time. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body. Rejects with a LimitError beyond 1 GiB. */
  bytes(): Promise<Uint8Array>;
  /** The whole body as UTF-8. Rejects with a DecodeError for other bytes, with a LimitError beyond 1 GiB. */
  text(): Promise<string>;
  /** The whole body, parsed as JSON. Rejects with a DecodeError where it is not JSON, with a LimitError beyond 1 GiB. */
  json(): Promise<unknown>;
  /** Releases a body that nobody reads. */
  discard(): void;
}

const methods: readonly ApiRequest["method"][] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

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
  if (!isPlainObject(input))
    throw new InputError("request", `it must be an object such as { path: "/readyz" }, not ${whatItIs(input)}`);
  queryOf(requestRules, input);
  const method = rawMethod(input.method ?? "GET");
  const headers = headerLists(input.headers ?? {});
  if (input.token !== undefined && headers["authorization"] !== undefined)
    throw new InputError("token", "it cannot be combined with a header authorization; leave one of them out");
  const parts = {
    verb: method.toLowerCase(),
    method,
    path: rawPath(input.path),
    query: rawQuery(input.query ?? {}),
    headers,
    body: rawBody(input.body),
    replay: input.replay ?? (method === "GET" || method === "HEAD" ? "safe" : "refused"),
  } as const;
  const deadline = startDeadline(context, input, parts);
  try {
    const resends = createResends(parts, context.resendBudget);
    const response = await context.ask(requestOf(parts, input, deadline, resends, input.streaming));
    if (response.status >= 300) throw await refusal(context, response, parts);
    let read = false;
    const body = (): AsyncGenerator<Uint8Array, undefined> => {
      if (read) throw new InputError("body", "it has been read already, and can be read once: keep what it gave");
      read = true;
      return endingWith(response.body, deadline.end);
    };
    const text = async (): Promise<string> => readText(body(), LIST_LIMIT, "the response", parts);
    return {
      status: response.status,
      headers: response.headers,
      body: {
        [Symbol.asyncIterator]: () => {
          deadline.stopClock();
          return body();
        },
      },
      bytes: async () => readBytes(body(), LIST_LIMIT, "the response", parts),
      text,
      json: async () => parseJson(await text(), parts),
      discard: () => {
        deadline.end();
        response.discard();
      },
    };
  } catch (error) {
    deadline.end();
    throw error;
  }
}

/** The call as an error names it, before it is known to be right. A path may hold what belongs into the query. */
export function rawCall(input: unknown): RequestInfo {
  const { method = "GET", path } = Object(input) as { readonly method?: unknown; readonly path?: unknown };
  const verb = typeof method === "string" && /^[A-Za-z]{1,20}$/.test(method) ? method.toLowerCase() : "request";
  return { verb, path: typeof path === "string" ? path.replace(/[?#].*/s, "") : "/" };
}

async function refusal(context: CallContext, response: ApiResponse, request: RequestInfo): Promise<unknown> {
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

function rawMethod(value: unknown): ApiRequest["method"] {
  const found = methods.find((method) => method === asText(value, "method"));
  if (found === undefined)
    throw new InputError(
      "method",
      `there is no method ${JSON.stringify(value)}; it must be one of ${methods.join(", ")}`,
    );
  return found;
}

function rawBody(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return body;
  const json = isPlainObject(body) || Array.isArray(body);
  const fix = json ? `; write it as JSON.stringify(…), with the header "content-type": "application/json"` : "";
  throw new InputError("body", `it must be text or a Uint8Array, not ${whatItIs(body)}${fix}`);
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
