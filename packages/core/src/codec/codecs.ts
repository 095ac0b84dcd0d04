import { OBJECT_LIMIT, readBytes } from "../bytes/body.ts";
import { DecodeError } from "../errors/body-errors.ts";
import type { KubeError, RequestInfo } from "../errors/kube-error.ts";
import type { Clock } from "../time/clock.ts";
import type { ApiResponse, HeaderLists } from "../transport/transport.ts";
import type { List } from "../types/object.ts";
import type { WatchEvent } from "../types/results.ts";
import type { Wanted } from "../types/wanted.ts";
import type { Codec, Fields, Finish, Representation } from "./codec.ts";
import type { Encoding } from "./encoding.ts";
import { isObject } from "./is-object.ts";
import { mediaTypeOf, notAnApiServer, said } from "./media-type.ts";
import { responseError } from "./response-error.ts";
import { refuseFailure } from "./status.ts";
import { watchEvent } from "./watch-event.ts";

/** What a write sends. */
export interface Content {
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

const everything: Wanted = { managedFields: true, select: undefined, shareStrings: false };

/** The encodings of a cluster, and all that is read or written through them. The response's content type chooses. */
export interface Codecs {
  /** The Accept header for an object, or for representations of it in the order of preference; undefined is the object itself. */
  accept(...as: readonly (Representation | undefined)[]): HeaderLists;
  /** An object as the body of a write. @throws InputError that names the place below `field` of what cannot be written */
  content(value: unknown, field: string): Content;
  /**
   * The one object of a successful response. `limit`: the ceiling in bytes, 32 MiB unless the object is a collection.
   *
   * @throws StatusError for the Status of a failure, DecodeError for what is not an object, LimitError
   */
  object(response: ApiResponse, request: RequestInfo, limit?: number): Promise<Fields>;
  /**
   * A list, decoded while it arrives: of each item what is `wanted` (default: all), and of that what `finish` makes. Every field
   * beside `items` is kept as sent; `items: null` becomes `[]`.
   *
   * @throws StatusError for the Status of a failure, DecodeError for what is not a list of objects, LimitError
   */
  list<T>(response: ApiResponse, request: RequestInfo, finish: Finish<T>, wanted?: Wanted): Promise<List<T>>;
  /**
   * The events of one watch, as the server says them, with what is `wanted` (default: all) of their objects; BOOKMARKs come whole.
   * Ends when the server ends the watch.
   *
   * @throws StatusError for an ERROR event, whose Status' `code` is its statusCode; DecodeError for what is not an event; LimitError;
   * ConnectionError when the body ends within an event
   */
  events<T>(response: ApiResponse, request: RequestInfo, wanted?: Wanted): AsyncGenerator<WatchEvent<T>, undefined>;
  /** What a response with status 300 or more stands for. Rejects only when the call is aborted while the body arrives. */
  failure(response: ApiResponse, request: RequestInfo): Promise<KubeError>;
}

/** `readers`, the one to ask for first; `writer` writes the bodies. `clock` tells how far away the dates of answers are. */
export function createCodecs(
  readers: readonly [Encoding & Codec, ...(Encoding & Codec)[]],
  writer: Encoding & Codec,
  clock: Clock,
): Codecs {
  // What does not say its type is read as what was asked for.
  const find = (type: string | undefined): Codec | undefined =>
    type === undefined ? readers[0] : readers.find((codec) => codec.reads(type));

  const unexpected = (response: ApiResponse, request: RequestInfo, cause?: unknown): DecodeError => {
    const wanted = readers.map(({ mediaType }) => mediaType).join(" or ");
    const problem = `expected ${wanted}, but the answer is ${said(response)}; ${notAnApiServer}`;
    return new DecodeError(`Undecodable: ${problem}`, { request, cause });
  };

  const codecOf = (response: ApiResponse, request: RequestInfo): Codec => {
    const codec = find(mediaTypeOf(response));
    if (codec !== undefined) return codec;
    response.discard();
    throw unexpected(response, request);
  };

  // Read as what was asked for, something else shows itself only here.
  const explain = (error: unknown, response: ApiResponse, request: RequestInfo): unknown =>
    error instanceof DecodeError && mediaTypeOf(response) === undefined ? unexpected(response, request, error) : error;

  const accept = (as: readonly (Representation | undefined)[]): HeaderLists => ({
    accept: [
      as
        .flatMap((kind) => readers.map((codec) => codec.accept(kind)))
        .filter((range) => range !== undefined)
        .join(","),
    ],
  });
  // Nearly every request has it.
  const acceptObject = accept([undefined]);

  return {
    accept: (...as) => (as.length === 0 ? acceptObject : accept(as)),
    content: (value, field) => ({ body: writer.encode(value, field), contentType: writer.mediaType }),
    async object(response, request, limit = OBJECT_LIMIT) {
      const codec = codecOf(response, request);
      try {
        const value = codec.decode(await readBytes(response.body, limit, "the answer", request), request);
        refuseFailure(value, response.status, request);
        return value;
      } catch (error) {
        throw explain(error, response, request);
      }
    },
    async list<T>(response: ApiResponse, request: RequestInfo, finish: Finish<T>, wanted: Wanted = everything) {
      const codec = codecOf(response, request);
      try {
        const value = await codec.decodeList(response.body, request, wanted, finish);
        refuseFailure(value, response.status, request);
        return asList<T>(value, request);
      } catch (error) {
        throw explain(error, response, request);
      }
    },
    async *events<T>(
      response: ApiResponse,
      request: RequestInfo,
      wanted: Wanted = everything,
    ): AsyncGenerator<WatchEvent<T>, undefined> {
      const codec = codecOf(response, request);
      try {
        for await (const frame of codec.decodeEvents(response.body, request, wanted))
          yield watchEvent<T>(frame, request);
      } catch (error) {
        throw explain(error, response, request);
      }
    },
    failure: (response, request) => responseError(response, request, find(mediaTypeOf(response)), clock),
  };
}

function asList<T>(value: Fields, request: RequestInfo): List<T> {
  const { metadata, items } = value;
  if (isObject(metadata)) {
    if (items === null) value["items"] = [];
    if (Array.isArray(value["items"])) return value as unknown as List<T>;
  }
  throw new DecodeError("Undecodable: the body is not a list", { request });
}
