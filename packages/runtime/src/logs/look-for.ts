import type { LogLines } from "@kubewright/core";
import { logLineOf, type LogOrigin } from "./log-line.ts";
import { isBeyond, isLast, type Position, timesRead } from "./position.ts";
import type { Found } from "./state.ts";

/** What a log shows of the last line that was read. Reads no further than it must. */
export async function lookFor(
  position: Position,
  log: AsyncIterable<LogLines>,
  origin: LogOrigin,
): Promise<Exclude<Found, "unknown">> {
  let met = 0;
  let any = false;
  for await (const { lines, cut } of log) {
    if (cut) break;
    for (const raw of lines) {
      const line = logLineOf(raw, origin);
      if (line === undefined) continue;
      any = true;
      if (isLast(position, line)) met += 1;
      else if (met >= timesRead(position)) return "more";
      else if (isBeyond(position, line)) return met > 0 ? "more" : "beyond";
    }
  }
  return met > 0 ? "last" : any ? "others" : "nothing";
}
