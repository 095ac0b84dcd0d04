import { ConnectionError } from "../errors/transport-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { SocketEnd } from "../transport/message-socket.ts";
import { readMessage } from "./channels.ts";
import type { ExitStatus, Outcome } from "./exit-status.ts";

/**
 * Where a session is: `open` until the server has said how the command ended, then `decided`, then `ended`. The server has accepted
 * before there is a session.
 */
export type RunState = "open" | "decided" | "ended";

/** What happens to a session. */
export type RunEvent =
  | { readonly type: "message"; readonly message: Uint8Array }
  /** The far end closed in order. */
  | { readonly type: "closed"; readonly end: SocketEnd }
  /** The connection broke. */
  | { readonly type: "broken"; readonly error: unknown }
  /** It is ended from this side; `drop` where what had come is wanted no more. */
  | { readonly type: "stopped"; readonly error: unknown; readonly drop?: boolean };

/** What is to be done about it. */
export type RunEffect =
  | { readonly type: "output"; readonly stream: "stdout" | "stderr"; readonly data: Uint8Array }
  | { readonly type: "exit"; readonly outcome: Outcome }
  /** Both streams are complete. */
  | { readonly type: "complete" }
  /** Both streams reject, after what had come unless `drop`. */
  | { readonly type: "incomplete"; readonly error: unknown; readonly drop: boolean }
  /** The connection is let go. */
  | { readonly type: "close" };

export interface Reduced {
  readonly state: RunState;
  readonly effects: readonly RunEffect[];
}

/** The next state, and what is to be done. `status` keeps what came of the Status; of what happens after the end nothing counts. */
export function reduceRun(state: RunState, event: RunEvent, status: ExitStatus, request: RequestInfo): Reduced {
  if (state === "ended") return { state, effects: [] };
  switch (event.type) {
    case "message":
      return received(state, event.message, status);
    case "closed":
      return over(state, status.end, () => noExitStatus(closeText(event.end), request));
    case "broken":
      return over(state, status.end, () => brokenOff(event.error, request));
    case "stopped":
      return over(state, nothing, () => event.error, event.drop);
    default:
      return { state, effects: [] };
  }
}

function nothing(): undefined {}

function received(state: RunState, message: Uint8Array, status: ExitStatus): Reduced {
  const found = readMessage(message);
  if (found === undefined) return { state, effects: [] };
  const { channel, data } = found;
  if (channel !== "status") return { state, effects: [{ type: "output", stream: channel, data }] };
  if (state === "decided") return { state, effects: [] };
  const outcome = status.push(data);
  if (outcome === undefined) return { state, effects: [] };
  return { state: "decided", effects: [{ type: "exit", outcome }] };
}

function over(state: RunState, outcome: () => Outcome | undefined, errorOf: () => unknown, drop = false): Reduced {
  // The Status is the last thing that a server sends: behind it nothing is missing.
  if (state === "decided") return { state: "ended", effects: [{ type: "complete" }, { type: "close" }] };
  const found = outcome();
  if (found !== undefined)
    return { state: "ended", effects: [{ type: "exit", outcome: found }, { type: "complete" }, { type: "close" }] };
  const error = errorOf();
  return {
    state: "ended",
    effects: [
      { type: "exit", outcome: { error: error as Error } },
      { type: "incomplete", error, drop },
      { type: "close" },
    ],
  };
}

function closeText({ code, reason }: SocketEnd): string {
  const shown = reason === "" ? "" : ` ${JSON.stringify(reason.slice(0, 200))}`;
  return code === undefined ? "" : ` (close code ${code}${shown})`;
}

function noExitStatus(how: string, request: RequestInfo, cause?: unknown): ConnectionError {
  const message = `NoExitStatus: the connection ended before the server said how the command ended${how}; it may have run, and may still run`;
  return new ConnectionError(message, { request, cause });
}

/** An error of the connection is the cause; anything else, such as an abort's reason, passes as it is. */
function brokenOff(error: unknown, request: RequestInfo): unknown {
  if (!(error instanceof ConnectionError)) return error;
  return noExitStatus("", request, error);
}
