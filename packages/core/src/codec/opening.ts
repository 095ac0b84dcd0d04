import { peek } from "../bytes/peek.ts";
import { DecodeError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { unlessAborted } from "../time/unless-aborted.ts";
import type { ApiRequest, ApiResponse } from "../transport/transport.ts";
import type { Codec } from "./codec.ts";
import type { Encoding } from "./encoding.ts";
import { mediaTypeOf, notAnApiServer, said } from "./media-type.ts";

/** The request behind a response, as far as reading that must know it. */
export type Asked = RequestInfo & Partial<Pick<ApiRequest, "headers" | "signal">>;

/** A body, and what reads it. */
export interface Opened {
  readonly codec: Codec;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Finds what reads a response. */
export interface Opening {
  /** What reads it, unless that has to be waited for. */
  atOnce(response: ApiResponse): Opened | undefined;
  /** What reads it, when its code is there; undefined where nothing reads its content type. @throws ConfigError */
  find(response: ApiResponse, request: Asked): Promise<Opened | undefined>;
  /** The same. @throws DecodeError where nothing reads its content type, ConfigError; the body is let go */
  open(response: ApiResponse, request: Asked): Promise<Opened>;
  /** What an error of reading a body means: one that does not say its type shows only now that it is something else. */
  explain(error: unknown, response: ApiResponse, request: Asked): unknown;
}

/** How much of a body shows its encoding, in bytes. */
const startSize = 4;

/** Among these encodings. What does not say its type is read as the first that recognizes it. */
export function createOpening(encodings: readonly Encoding[]): Opening {
  const [only] = encodings.length === 1 ? encodings : [];
  const named = (type: string | undefined): Encoding | undefined =>
    type === undefined ? only : encodings.find((encoding) => encoding.reads(type));

  const find = async (response: ApiResponse, { signal }: Asked): Promise<Opened | undefined> => {
    let { body } = response;
    let encoding = named(mediaTypeOf(response));
    if (mediaTypeOf(response) === undefined && encoding === undefined) {
      const peeked = await peek(body, startSize);
      body = peeked.body;
      encoding = encodings.find((one) => one.recognizes(peeked.start));
    }
    if (encoding === undefined) return undefined;
    return { codec: encoding.codec ?? (await unlessAborted(encoding.load(), signal)), body };
  };

  const unexpected = (response: ApiResponse, request: Asked, cause?: unknown): DecodeError => {
    const accept = request.headers?.["accept"]?.join();
    const types = encodings.map(({ mediaType }) => mediaType);
    const wanted = types.filter((type) => accept?.includes(type) ?? true).join(" or ");
    const problem = `expected ${wanted}, but the answer is ${said(response)}; ${notAnApiServer}`;
    return new DecodeError(`Undecodable: ${problem}`, { request, cause });
  };

  return {
    atOnce(response) {
      const codec = named(mediaTypeOf(response))?.codec;
      return codec && { codec, body: response.body };
    },
    find,
    async open(response, request) {
      try {
        const opened = await find(response, request);
        if (opened !== undefined) return opened;
      } catch (error) {
        response.discard();
        throw error;
      }
      response.discard();
      throw unexpected(response, request);
    },
    explain: (error, response, request) =>
      error instanceof DecodeError && mediaTypeOf(response) === undefined
        ? unexpected(response, request, error)
        : error,
  };
}
