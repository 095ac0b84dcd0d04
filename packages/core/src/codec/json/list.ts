import { decodeText, joinBytes } from "../../bytes/body.ts";
import { parseJson } from "./parse-json.ts";
import { assertJson, isObject } from "../response.ts";
import { DecodeError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";
import type { ApiResponse } from "../../transport/transport.ts";
import type { List } from "../../types/object.ts";
import { createLargeList, type LargeList } from "./large-list.ts";

/** A body up to this size is parsed in one go, within some milliseconds. */
const wholeSize = 1024 * 1024;

/**
 * Decodes a list, a large one item by item while it arrives, giving way to the event loop as it goes. Every field beside `items` is
 * kept as sent; `items: null` becomes `[]`. Ceilings: 1 GiB in all, 32 MiB for an item.
 *
 * `onItem` sees each item in order as soon as it is decoded; what it returns takes the item's place.
 *
 * @throws DecodeError when the body is no JSON, or no list of objects
 */
export async function decodeList<T>(
  response: ApiResponse,
  request: RequestInfo,
  onItem: (item: T) => T = (item) => item,
): Promise<List<T>> {
  assertJson(response, request);
  const take = (item: unknown): T => {
    if (isObject(item)) return onItem(item as T);
    throw new DecodeError("Undecodable: an item of the list is no object", { request });
  };
  let large: LargeList<T> | undefined;
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    if (large !== undefined) {
      await large.push(chunk);
      continue;
    }
    pending.push(chunk);
    size += chunk.length;
    if (size < wholeSize) continue;
    large = createLargeList(request, take);
    await large.push(joinBytes(pending));
    pending = [];
  }
  if (large === undefined) {
    const list = asList<T>(parseJson(decodeText(joinBytes(pending), request), request), request);
    list.items = list.items.map(take);
    return list;
  }
  const { list, items } = await large.end();
  return Object.assign(asList<T>(list, request), { items });
}

function asList<T>(value: unknown, request: RequestInfo): List<T> {
  if (isObject(value) && isObject(value["metadata"])) {
    if (value["items"] === null) value["items"] = [];
    if (Array.isArray(value["items"])) return value as unknown as List<T>;
  }
  throw new DecodeError("Undecodable: the body is no list", { request });
}
