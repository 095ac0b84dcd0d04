import { OBJECT_LIMIT, readBytes } from "../bytes/body.ts";
import { DecodeError } from "../errors/body-errors.ts";
import type { KubeError, RequestInfo } from "../errors/kube-error.ts";
import type { Clock } from "../time/clock.ts";
import type { ApiResponse } from "../transport/transport.ts";
import type { List } from "../types/object.ts";
import type { WatchEvent } from "../types/results.ts";
import type { Wanted } from "../types/wanted.ts";
import type { Fields, Finish } from "./codec.ts";
import type { Encoding } from "./encoding.ts";
import { isObject } from "./is-object.ts";
import { mediaTypeOf } from "./media-type.ts";
import { createOpening, type Asked } from "./opening.ts";
import { responseError } from "./response-error.ts";
import { refuseFailure } from "./status.ts";
import { watchEvent } from "./watch-event.ts";

const everything: Wanted = { managedFields: true, select: undefined, shareStrings: false };

/**
 * All that is read through the encodings of a cluster; the response's content type chooses. What a codec cannot decode whole is a
 * BeyondSchema, for whoever made the call to ask for as JSON; where a codec cannot be loaded, it is a ConfigError.
 */
export interface Codecs {
  /**
   * The one object of a successful response. `limit`: the ceiling in bytes, 32 MiB unless the object is a collection.
   *
   * @throws StatusError for the Status of a failure, DecodeError for what is not an object, LimitError
   */
  object(response: ApiResponse, request: Asked, limit?: number): Promise<Fields>;
  /**
   * A list, decoded while it arrives: of each item what is `wanted` (default: all), and of that what `finish` makes. Every field
   * beside `items` is kept as sent; `items: null` becomes `[]`.
   *
   * @throws StatusError for the Status of a failure, DecodeError for what is not a list of objects, LimitError
   */
  list<T>(response: ApiResponse, request: Asked, finish: Finish<T>, wanted?: Wanted): Promise<List<T>>;
  /**
   * The events of one watch, as the server says them, with what is `wanted` (default: all) of their objects; BOOKMARKs come whole.
   * Resolves when all is there that reads them. They end when the server ends the watch. `told` is called with each, just before it
   * is handed out.
   *
   * @throws StatusError for an ERROR event, whose Status' `code` is its statusCode; DecodeError for what is not an event; LimitError;
   * ConnectionError when the body ends within an event
   */
  events<T>(
    response: ApiResponse,
    request: Asked,
    wanted?: Wanted,
    told?: (event: WatchEvent<T>) => void,
  ): Promise<AsyncGenerator<WatchEvent<T>, undefined>>;
  /** What a response with status 300 or more stands for. Rejects only when the call is aborted while the body arrives. */
  failure(response: ApiResponse, request: Asked): Promise<KubeError>;
}

/** `encodings`: what a cluster can read, JSON the last of them. `clock` tells how far away the dates of answers are. */
export function createCodecs(encodings: readonly Encoding[], clock: Clock): Codecs {
  const { atOnce, find, open, explain } = createOpening(encodings);

  return {
    async object(response, request, limit = OBJECT_LIMIT) {
      const { codec, body } = atOnce(response) ?? (await open(response, request));
      try {
        const value = codec.decode(await readBytes(body, limit, "the answer", request), request);
        refuseFailure(value, response.status, request);
        return value;
      } catch (error) {
        throw explain(error, response, request);
      }
    },
    async list<T>(response: ApiResponse, request: Asked, finish: Finish<T>, wanted: Wanted = everything) {
      const { codec, body } = atOnce(response) ?? (await open(response, request));
      try {
        const value = await codec.decodeList(body, request, wanted, finish);
        refuseFailure(value, response.status, request);
        return asList<T>(value, request);
      } catch (error) {
        throw explain(error, response, request);
      }
    },
    async events<T>(
      response: ApiResponse,
      request: Asked,
      wanted: Wanted = everything,
      told?: (event: WatchEvent<T>) => void,
    ) {
      // What does not say its type shows it with its first event, which may be long in coming.
      const typed = mediaTypeOf(response) !== undefined;
      const opened = atOnce(response) ?? (typed ? await open(response, request) : undefined);
      return (async function* (): AsyncGenerator<WatchEvent<T>, undefined> {
        const { codec, body } = opened ?? (await open(response, request));
        try {
          for await (const frame of codec.decodeEvents(body, request, wanted)) {
            const event = watchEvent<T>(frame, request);
            told?.(event);
            yield event;
          }
        } catch (error) {
          throw explain(error, response, request);
        }
      })();
    },
    failure: (response, request) => responseError(response, request, find, clock),
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
