import { DecodeError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { WatchEvent } from "../types/results.ts";
import type { Frame } from "./codec.ts";
import { isObject } from "./is-object.ts";
import { statusError } from "./status.ts";

/** What a frame of a watch means. @throws StatusError for an ERROR event, DecodeError for what is not an event */
export function watchEvent<T>({ type, object }: Frame, request: RequestInfo): WatchEvent<T> {
  if (!isObject(object)) throw new DecodeError("Undecodable: the watch sent what is not an event", { request });
  switch (type) {
    case "ADDED":
    case "MODIFIED":
    case "DELETED":
    case "BOOKMARK":
      return { type, object } as WatchEvent<T>;
    case "ERROR":
      if (object["kind"] === "Status") throw statusError(object, 500, request);
      throw new DecodeError("Undecodable: the watch's ERROR event does not hold a Status", { request });
    default:
      throw new DecodeError("Undecodable: the watch sent an event of an unknown type", { request });
  }
}
