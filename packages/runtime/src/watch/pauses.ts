import { isStatusError } from "@kubewright/core";
import type { Moment } from "./state.ts";

const second = 1000;
const minute = 60 * second;

/** After what time of health the next failure counts as the first again; client-go's reflector has the same. */
export const healthyMs: number = 2 * minute;
/** A watch that lived as long shows that the network works: what breaks it is a new outage. */
export const provenMs: number = 10 * second;

/** So that those whose watches broke together come back apart. */
export function apart({ random }: Moment): number {
  return random * second;
}

/** After the server answered with a failure, the `failures`-th in a row from 0; never before Retry-After. */
export function backoff(failures: number, moment: Moment, error: Error): number {
  return Math.max(stretched(800 * 2 ** failures, 30 * second, moment), retryAfterMs(error, moment));
}

/** After the server refused the reader: rights, and resources, change seldom. */
export function slowBackoff(failures: number, moment: Moment, error: Error): number {
  return Math.max(stretched(5 * second * 2 ** failures, 30 * second, moment), retryAfterMs(error, moment));
}

/**
 * After no answer came. A try costs the server nothing while it cannot be reached, so it is tried often in the first minute of an
 * outage, to be back right after the network is.
 */
export function lossPause(outageMs: number, moment: Moment): number {
  const most = outageMs < minute ? 600 : outageMs < 10 * minute ? 5 * second : 30 * second;
  return stretched(most, most, moment);
}

/** At most twice as long, by chance (client-go's jitter of 1.0). */
function stretched(ms: number, most: number, { random }: Moment): number {
  return Math.min(ms, most) * (1 + random);
}

/** Up to a tenth later, so that those who were told the same do not come at once. */
function retryAfterMs(error: Error, { random }: Moment): number {
  const seconds = isStatusError(error) ? error.retryAfterSeconds : undefined;
  return seconds === undefined ? 0 : seconds * second * (1 + random * 0.1);
}
