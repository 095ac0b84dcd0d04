import { send } from "../client/call.ts";
import { startDeadline } from "../time/deadline.ts";
import { LIST_LIMIT, readBytes, readText } from "../bytes/body.ts";
import { parseJson } from "../codec/json/parse-json.ts";
import { InputError } from "../errors/input-error.ts";
import { appendQuery, unknownOption } from "../request/query.ts";
import { headerLists } from "../request/headers.ts";
import { rawPath } from "../request/raw-path.ts";
import { createResends } from "../transport/resends.ts";
import type { ApiRequest, ResponseHeaders } from "../transport/transport.ts";
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
  /** Headers; a list sends several of the name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Sent as it is; say what it is with a `content-type` header. */
  readonly body?: string | Uint8Array | undefined;
}

/**
 * The answer to a {@link RawRequest}. Its body can be read once, by one of the ways (a second time is an InputError); `timeoutMs`
 * bounds the reading too, unless it is streamed.
 */
export interface RawResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The body as it comes, without bound in time. */
  readonly body: AsyncIterable<Uint8Array>;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
  json(): Promise<unknown>;
  /** Lets go of a body that nobody reads. */
  discard(): void;
}

const known: readonly (keyof RawRequest)[] = [
  "method",
  "path",
  "query",
  "headers",
  "body",
  "signal",
  "timeoutMs",
  "impersonate",
];

/** Sends a raw request. A status of 300 or more is thrown, as for every other call. */
export async function rawRequest(context: CallContext, input: RawRequest): Promise<RawResponse> {
  for (const key of Object.keys(input)) {
    if (!(known as readonly string[]).includes(key)) throw unknownOption(key, known);
  }
  const { method = "GET" } = input;
  if (!/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method))
    throw new InputError("method", `there is no method ${JSON.stringify(method)}`);
  const parts = {
    verb: method.toLowerCase(),
    method,
    path: rawPath(input.path),
    query: rawQuery(input.query ?? {}),
    headers: headerLists(input.headers ?? {}),
    body: input.body,
    replay: method === "GET" || method === "HEAD" ? "safe" : "refused",
  } as const;
  const deadline = startDeadline(input, context.timeoutMs, parts);
  try {
    const response = await send(context, parts, input, deadline, createResends(parts, context.resendBudget));
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

async function* endingWith<T>(values: AsyncIterable<T>, end: () => void): AsyncGenerator<T, undefined> {
  try {
    yield* values;
  } finally {
    end();
  }
}

function parameter(value: unknown, field: string): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new InputError(field, `it must be text, a number or a boolean, not ${value === null ? "null" : typeof value}`);
}

function rawQuery(parameters: NonNullable<RawRequest["query"]>): string {
  let query = "";
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      query = appendQuery(query, name, parameter(one, `query.${name}`));
  }
  return query;
}
