import { type RunSettings, startRun } from "../exec/run.ts";
import type { Deadline } from "../time/deadline.ts";
import type { AttachOptions } from "../types/attach.ts";
import type { PodRun } from "../types/pod-run.ts";
import type { Accepted } from "./open-socket.ts";
import type { Target } from "./target.ts";

/** The run of a session that the server has accepted. The deadline's clock stops, and it ends with the run. */
export function runOf(
  { context }: Target,
  { socket, request }: Accepted,
  { stdin, tty }: Pick<AttachOptions, "stdin" | "tty">,
  deadline: Deadline,
  how: Pick<RunSettings, "stdout" | "stderr" | "endsInput" | "hasTerminal" | "exitOf">,
): PodRun {
  deadline.stopClock();
  return startRun({
    ...how,
    socket,
    request,
    clock: context.clock,
    stdin,
    tty,
    stoppedBy: [deadline.signal, context.closed],
    ended: deadline.end,
  });
}
