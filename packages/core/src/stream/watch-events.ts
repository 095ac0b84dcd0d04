import { OBJECT_LIMIT } from "../bytes/body.ts";
import { parseJson } from "../codec/json/parse-json.ts";
import { assertJson, isObject } from "../codec/response.ts";
import { DecodeError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { ApiResponse } from "../transport/transport.ts";
import type { WatchEvent } from "../types/results.ts";
import { createLineSplitter, type LineSplitter } from "../bytes/lines.ts";

/**
 * The events of one watch, as the server says them: one JSON document per line. Ends when the server ends the watch. Ceiling of
 * an event 32 MiB.
 *
 * @throws StatusError for an ERROR event (`code` of its Status is the statusCode), DecodeError for a line that is no event,
 * ConnectionError when the body ends within an event
 */
export async function* watchEvents<T>(
  response: ApiResponse,
  request: RequestInfo,
): AsyncGenerator<WatchEvent<T>, undefined, undefined> {
  assertJson(response, request);
  const splitter = createLineSplitter(OBJECT_LIMIT, "the watch event", { request, fatal: true });
  for await (const chunk of response.body) {
    for (const line of splitter.push(chunk)) if (line !== "") yield watchEvent<T>(parseJson(line, request), request);
  }
  const last = lastEvent(splitter, request);
  if (last !== undefined) yield watchEvent<T>(last, request);
}

function lastEvent(splitter: LineSplitter, request: RequestInfo): unknown {
  try {
    const rest = splitter.flush();
    return rest === undefined ? undefined : parseJson(rest, request);
  } catch (cause) {
    throw new ConnectionError("Disconnected: the watch ended in the middle of an event", { request, cause });
  }
}

function watchEvent<T>(event: unknown, request: RequestInfo): WatchEvent<T> {
  if (!isObject(event) || !isObject(event["object"]))
    throw new DecodeError("Undecodable: a line of the watch is no event", { request });
  const { type, object } = event;
  switch (type) {
    case "ADDED":
    case "MODIFIED":
    case "DELETED":
    case "BOOKMARK":
      return { type, object } as WatchEvent<T>;
    case "ERROR": {
      if (object["kind"] !== "Status")
        throw new DecodeError("Undecodable: the watch's ERROR event holds no Status", { request });
      const status = object as Status;
      throw new StatusError(status, status.code ?? 500, { request });
    }
    default:
      throw new DecodeError("Undecodable: the watch sent an event of an unknown type", { request });
  }
}
