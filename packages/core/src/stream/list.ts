import { decodeText, joinBytes, LIST_LIMIT } from "../codec/body.ts";
import { parseJson } from "../codec/json.ts";
import { assertJson, isObject } from "../codec/response.ts";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { ApiResponse } from "../transport/transport.ts";
import type { List } from "../types/object.ts";
import type { ListParser } from "./list-parser.ts";
import { nextTurn } from "./next-turn.ts";

/** A body up to this size is parsed in one go, within some milliseconds. */
const wholeSize = 1024 * 1024;
/** Larger ones in steps of this size: large enough for little overhead, small enough to stay in the processor's caches. */
const stepSize = 64 * 1024;
/** How long to work before the event loop gets a turn, in milliseconds. */
const workTime = 10;

/**
 * Decodes a list item by item while it arrives, giving way to the event loop as it goes. Every field beside `items` is kept as
 * sent; `items: null` becomes `[]`. Ceilings: 1 GiB in all, 32 MiB for an item.
 *
 * `onItem` sees each item in order as soon as it is decoded; what it returns takes the item's place.
 *
 * @throws DecodeError when the body is no JSON, or no list of objects
 */
export async function decodeList(
  response: ApiResponse,
  request: RequestInfo,
  onItem: (item: object) => unknown = (item) => item,
): Promise<List<unknown>> {
  assertJson(response, request);
  let items: unknown[] = [];
  const asItem = (item: unknown): object => {
    if (isObject(item)) return item;
    throw new DecodeError("Undecodable: an item of the list is no object", { request });
  };
  // The parser for lists that arrive in parts is loaded with the first large one.
  let parser: ListParser | undefined;
  async function listParser(): Promise<ListParser> {
    const { createListParser } = await import("./list-parser.ts");
    return createListParser(request, {
      onStart() {
        items = [];
      },
      onItems(next) {
        for (const item of next) items.push(onItem(asItem(item)));
      },
    });
  }

  let turnStart = performance.now();
  async function parse(bytes: Uint8Array): Promise<ListParser> {
    parser ??= await listParser();
    for (let i = 0; i < bytes.length; i += stepSize) {
      parser.push(bytes.subarray(i, i + stepSize));
      if (performance.now() - turnStart < workTime) continue;
      await nextTurn();
      turnStart = performance.now();
    }
    return parser;
  }

  let pending: Uint8Array[] = [];
  let pendingSize = 0;
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > LIST_LIMIT) throw new LimitError("the list", LIST_LIMIT, { request });
    pending.push(chunk);
    pendingSize += chunk.length;
    if (pendingSize < (size > wholeSize ? stepSize : wholeSize)) continue;
    await parse(joinBytes(pending));
    pending = [];
    pendingSize = 0;
  }
  const rest = joinBytes(pending);
  if (size === rest.length) {
    const list = asList(parseJson(decodeText(rest, request), request), request);
    for (const item of list.items) items.push(onItem(asItem(item)));
    list.items = items;
    return list;
  }
  const list = asList((await parse(rest)).end(), request);
  list.items = items;
  return list;
}

function asList(value: unknown, request: RequestInfo): List<unknown> {
  if (isObject(value) && isObject(value["metadata"])) {
    if (value["items"] === null) value["items"] = [];
    if (Array.isArray(value["items"])) return value as unknown as List<unknown>;
  }
  throw new DecodeError("Undecodable: the body is no list", { request });
}
