import { LIST_LIMIT, readText } from "../codec/body.ts";
import { parseJson } from "../codec/json.ts";
import { assertJson, isObject } from "../codec/response.ts";
import { DecodeError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { ApiResponse } from "../transport/transport.ts";
import type { List } from "../types/object.ts";

/**
 * Decodes a list item by item while it arrives, giving way to the event loop as it goes. Every field beside `items` is kept as
 * sent; `items: null` becomes `[]`. Ceilings: 1 GiB in all, 32 MiB for an item.
 *
 * `onItem` sees each item in order as soon as it is decoded; what it returns takes the item's place.
 */
export async function decodeList(
  response: ApiResponse,
  request: RequestInfo,
  onItem: (item: unknown) => unknown = (item) => item,
): Promise<List<unknown>> {
  assertJson(response, request);
  const list = parseJson(await readText(response.body, LIST_LIMIT, "the list", request), request);
  if (!isObject(list) || !isObject(list["metadata"]))
    throw new DecodeError("Undecodable: the body is no list", { request });
  list["items"] ??= [];
  if (!Array.isArray(list["items"])) throw new DecodeError("Undecodable: the body is no list", { request });
  list["items"] = list["items"].map((item) => onItem(item));
  return list as unknown as List<unknown>;
}
