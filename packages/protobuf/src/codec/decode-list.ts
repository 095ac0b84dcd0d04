import {
  type Fields,
  type Finish,
  LimitError,
  LIST_LIMIT,
  nextTurn,
  type RequestInfo,
  type Wanted,
} from "@kubewright/core";
import type { Plans } from "../decode/plans.ts";
import { asDecodeError } from "./as-decode-error.ts";
import { ListReader } from "./list-reader.ts";
import { Source } from "./source.ts";
import type { Wait } from "./waiting.ts";

/** How long to work before the event loop gets a turn, in milliseconds. */
const workTime = 5;

/** Reads a list while it arrives. See core's Codec.decodeList. */
export async function decodeList(
  plans: Plans,
  chunks: AsyncIterable<Uint8Array>,
  request: RequestInfo,
  wanted: Wanted,
  finish: Finish<unknown>,
): Promise<Fields> {
  const source = new Source();
  const reader = new ListReader(source, plans, wanted, request);
  const reading = reader.read();
  const { items } = reader;
  let finished = 0;
  let size = 0;
  let turnStart = performance.now();

  /** Reads until there is nothing more to read for now. */
  const advance = async (): Promise<Fields | undefined> => {
    for (;;) {
      const step = next(reading, request);
      for (; finished < items.length; finished++) items[finished] = finish(items[finished] as Fields);
      if (step.done === true) return step.value;
      if (step.value === "bytes") return undefined;
      if (performance.now() - turnStart < workTime) continue;
      await nextTurn();
      turnStart = performance.now();
    }
  };

  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > LIST_LIMIT) throw new LimitError("the list", LIST_LIMIT, { request });
    source.push(chunk);
    await advance();
  }
  source.ended = true;
  return (await advance())!;
}

function next(reading: Generator<Wait, Fields>, request: RequestInfo): IteratorResult<Wait, Fields> {
  try {
    return reading.next();
  } catch (error) {
    throw asDecodeError(error, request);
  }
}
