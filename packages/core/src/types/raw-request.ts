import type { BodyStream } from "./body-stream.ts";
import type { Method, Replay, ResponseHeaders } from "./http.ts";
import type { CallOptions } from "./options.ts";

/** A request by hand, for what has no typed call: proxies, `/readyz`, `/metrics`, other APIs behind the same server. */
export interface RawRequest extends CallOptions {
  /** Default `"GET"`. */
  readonly method?: Method | undefined;
  /** Encoded path below the server's address, beginning with `/`. */
  readonly path: string;
  /** Parameters; a list repeats its parameter. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined;
  /** Headers; a list sends several of the name. `authorization` counts alone, as `token` does. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /**
   * Sent as it is; say what it is with a `content-type` header. A stream, `{ length, chunks }`, is sent as it comes, and never again once it was begun;
   * pages cannot send one.
   */
  readonly body?: string | Uint8Array | BodyStream | undefined;
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
  /** The HTTP status; below 300, but for what a `proxy()` gives. */
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
