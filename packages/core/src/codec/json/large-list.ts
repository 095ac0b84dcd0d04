import { LIST_LIMIT } from "../../bytes/body.ts";
import { LimitError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";
import { isObject } from "../is-object.ts";
import { createListParser, type ListHandler, type ParseItems } from "./list-parser.ts";
import { nextTurn } from "../../time/next-turn.ts";

/** Steps of the parser: small enough to stay in the processor's caches and to look at the clock in between. */
const stepSize = 64 * 1024;
/** How long to work before the event loop gets a turn, in milliseconds. */
const workTime = 5;

/** A list that is parsed while it arrives. */
export interface LargeList {
  push(chunk: Uint8Array): Promise<void>;
  /** After the last chunk: the list, with what `take` made of its items in their place. */
  end(): unknown;
}

/** Begins a list. `take` gets each item in order, as `parse` gave it, and gives what stands in its place. */
export function createLargeList(request: RequestInfo, take: (item: unknown) => unknown, parse?: ParseItems): LargeList {
  let items: unknown[] = [];
  const handler: ListHandler = {
    onStart() {
      items = [];
    },
    onItems(next) {
      for (const item of next) items.push(take(item));
    },
  };
  const parser = createListParser(request, handler, stepSize, parse);
  let size = 0;
  let turnStart = performance.now();

  return {
    async push(chunk) {
      size += chunk.length;
      if (size > LIST_LIMIT) throw new LimitError("the list", LIST_LIMIT, { request });
      for (let i = 0; i < chunk.length; i += stepSize) {
        parser.push(chunk.subarray(i, i + stepSize));
        if (performance.now() - turnStart < workTime) continue;
        await nextTurn();
        turnStart = performance.now();
      }
    },
    end() {
      const list = parser.end();
      // The last field of the name counts, and may not be a list.
      if (isObject(list) && Array.isArray(list["items"])) list["items"] = items;
      return list;
    },
  };
}
