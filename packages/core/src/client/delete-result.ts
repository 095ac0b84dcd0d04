import type { Fields } from "../codec/codec.ts";
import { isStatus } from "../codec/status.ts";
import type { List } from "../types/object.ts";
import type { DeleteCollectionResult, DeleteResult } from "../types/results.ts";
import type { AnyObject } from "./any-object.ts";

/**
 * What a delete's body says: a Status is the end of it. An object without deletionTimestamp is the deleted one's last state (the
 * server returns it for some kinds); with one it still waits, unless its grace is over and no finalizer holds it.
 */
export function deleteResult(body: Fields): DeleteResult<AnyObject> {
  if (isStatus(body)) return { done: true, status: body };
  const object = body as unknown as AnyObject;
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  const gone = deletionTimestamp === undefined || (deletionGracePeriodSeconds === 0 && !finalizers?.length);
  return gone ? { done: true, object } : { done: false, object };
}

/** What a deleteCollection's body says. The API server answers with the list it read before it deleted. */
export function deleteCollectionResult(
  body: Fields,
  fill: (item: AnyObject) => AnyObject,
): DeleteCollectionResult<AnyObject> {
  const list: Fields = body;
  if (isStatus(body)) return { status: body };
  const { metadata, items } = list as { metadata?: object | null; items?: AnyObject[] | null };
  return { ...list, metadata: metadata ?? {}, items: (items ?? []).map(fill) } as unknown as List<AnyObject>;
}
