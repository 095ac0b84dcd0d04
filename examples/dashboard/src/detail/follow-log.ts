import { CoreV1 } from "@kubewright/api/core/v1";
import { isStatusError } from "@kubewright/core";
import { cluster } from "../cluster.ts";

const { pods } = cluster.api(CoreV1);

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
  { namespace, name, container }: { readonly namespace: string; readonly name: string; readonly container: string },
  follower: LogFollower,
  signal: AbortSignal,
): Promise<void> {
  const client = pods.in(namespace);
  let last: string | undefined;
  while (!signal.aborted) {
    follower.state({ state: last === undefined ? "reading" : "following" });
    try {
      const from = last === undefined ? { tailLines } : { sinceTime: last };
      const lines = client.log(name, { container, follow: true, timestamps: true, ...from, signal });
      for await (const line of lines) {
        const at = line.indexOf(" ");
        const time = line.slice(0, at);
        // Times are asked for by the second: what has been read of it comes once more.
        if (last !== undefined && time <= last) continue;
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
    await pause(pauseMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
