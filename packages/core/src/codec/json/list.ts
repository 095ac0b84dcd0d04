import { decodeText, joinBytes } from "../../bytes/body.ts";
import { DecodeError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";
import type { Wanted } from "../../types/wanted.ts";
import type { Fields, Finish } from "../codec.ts";
import { isObject } from "../is-object.ts";
import { createLargeList, type LargeList } from "./large-list.ts";
import { parseJson } from "./parse-json.ts";
import { parseTrimmedList } from "./parse-trimmed.ts";
import { projecting } from "./projecting.ts";

/** A body up to this size is parsed in one go, within some milliseconds. */
const wholeSize = 256 * 1024;

/** Reads a list in JSON, a large one item by item while it arrives. See {@link Codec.decodeList}. */
export async function decodeJsonList(
  chunks: AsyncIterable<Uint8Array>,
  request: RequestInfo,
  wanted: Wanted,
  finish: Finish<unknown>,
): Promise<Fields> {
  const project = projecting(wanted);
  const take = (item: unknown): unknown => {
    if (isObject(item)) return finish(project(item));
    throw new DecodeError("Undecodable: an item of the list is not an object", { request });
  };
  let large: LargeList | undefined;
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    if (large !== undefined) {
      await large.push(chunk);
      continue;
    }
    pending.push(chunk);
    size += chunk.length;
    if (size < wholeSize) continue;
    large = createLargeList(request, take, wanted.managedFields ? undefined : parseTrimmedList);
    await large.push(joinBytes(pending));
    pending = [];
  }
  const list = large === undefined ? parseJson(decodeText(joinBytes(pending), request), request) : large.end();
  if (!isObject(list)) throw new DecodeError("Undecodable: the body is not a list", { request });
  const { items } = list;
  // Of a large list they stand there already.
  if (large === undefined && Array.isArray(items)) list["items"] = items.map(take);
  return list;
}
