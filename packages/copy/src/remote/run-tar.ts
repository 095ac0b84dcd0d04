import { ConnectionError, isStatusError, type PodRun, type StatusError } from "@kubewright/core";
import { Fault } from "../outcome/fault.ts";

/** How a program in the container ended: with a code, or as one that could not be started. */
export type Ended = { readonly exitCode: number } | { readonly notStarted: StatusError | undefined };

/**
 * How a run ended. Codes from 126 to 128 of a program that wrote nothing mean that there is no such program: runtimes say so by
 * a code, or by a Status.
 */
export async function endOf(run: PodRun, wroteNothing: boolean): Promise<Ended> {
  try {
    const { exitCode } = await run.exit;
    return wroteNothing && exitCode >= 126 && exitCode <= 128 ? { notStarted: undefined } : { exitCode };
  } catch (error) {
    if (wroteNothing && isStatusError(error)) return { notStarted: error };
    throw error;
  }
}

/** What is said where `tar` could not be started. */
export function noTar(cause: StatusError | undefined): Fault {
  const fix = "a container that debug() adds with this one as its target finds the files below /proc/1/root";
  return new Fault(`there is no tar in the container that can be run; ${fix}`, { cause });
}

/** Whether another try may go well: the connection broke, what came was cut, or the server is busy with itself. */
export function isBroken(error: unknown): boolean {
  if (error instanceof Fault) return error.isCut;
  if (error instanceof ConnectionError) return !error.permanent;
  return isStatusError(error) && (error.statusCode >= 500 || error.statusCode === 429);
}
