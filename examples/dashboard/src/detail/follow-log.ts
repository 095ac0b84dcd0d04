import { type Clock, isStatusError, type Logs, pause, systemClock } from "@kubewright/core";

/** How many lines before now are read. */
const tailLines = 500;
const pauseMs = 2500;

export interface LogLine {
  readonly time: string;
  readonly text: string;
}

/** How a log stands. */
export type LogState =
  | { readonly state: "reading" | "following" | "ended" }
  /** It broke off, and is tried again; or it is refused for now. */
  | { readonly state: "waiting"; readonly error: unknown };

interface LogFollower {
  /** Takes lines as they come. */
  line(line: LogLine): void;
  state(state: LogState): void;
}

/** Follows a container's log until `signal` aborts, over broken connections and restarts of the container. */
export async function followLog(
  pods: Logs,
  { name, container }: { readonly name: string; readonly container: string },
  follower: LogFollower,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<void> {
  let last: string | undefined;
  while (!signal.aborted) {
    const since = last;
    follower.state({ state: since === undefined ? "reading" : "following" });
    try {
      const from = since === undefined ? { tailLines } : { sinceTime: since };
      const lines = pods.log(name, { container, follow: true, timestamps: true, ...from, signal });
      for await (const line of lines) {
        const at = line.indexOf(" ");
        const time = line.slice(0, at);
        // Times are asked for by the second: what has been read of it comes once more.
        if (since !== undefined && time <= since) continue;
        last = time;
        follower.line({ time, text: line.slice(at + 1) });
        follower.state({ state: "following" });
      }
      follower.state({ state: "ended" });
    } catch (error) {
      if (signal.aborted) return;
      follower.state({ state: "waiting", error });
      // No pod of this name will write again.
      if (isStatusError(error) && [403, 404].includes(error.statusCode)) return;
    }
    // Only the abort ends it early, and the loop with it.
    await pause(clock, pauseMs, undefined, signal);
  }
}
