import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";

/** The two streams of a connection into a pod: its bytes, and what the node says where it cannot go on. */
export type Half = "data" | "error";

/** Where a connection is. A value: each event makes a new one. */
export interface ConnectionState {
  readonly phase: "opening" | "open" | "over";
  /** Which streams the far end has taken. */
  readonly taken: readonly Half[];
  /** On which streams nothing more comes. */
  readonly ended: readonly Half[];
  /** What the node said so far. */
  readonly said: string;
  /** Nothing more is sent from this side. */
  readonly inputEnded: boolean;
}

/** What happens to a connection. */
export type ConnectionEvent =
  /** The far end has taken a stream. */
  | { readonly type: "taken"; readonly half: Half }
  | { readonly type: "received"; readonly data: Uint8Array }
  | { readonly type: "said"; readonly text: string }
  /** Nothing more comes on a stream. */
  | { readonly type: "ended"; readonly half: Half }
  /** The far end gave up a stream; what was on its way is lost. */
  | { readonly type: "reset"; readonly half: Half }
  /** What carries the connection is gone. */
  | { readonly type: "lost"; readonly error: unknown }
  /** Nothing more is sent from this side. */
  | { readonly type: "inputEnded" }
  /** It is ended from this side; `drop` where what had come is wanted no more. */
  | { readonly type: "stopped"; readonly error: unknown; readonly drop: boolean };

/** What is to be done about it. */
export type ConnectionEffect =
  /** It is there. */
  | { readonly type: "opened" }
  | { readonly type: "output"; readonly data: Uint8Array }
  /** All that the pod sent has come. */
  | { readonly type: "complete" }
  /** Not all has come; the reader is told after what had, unless `drop`. */
  | { readonly type: "incomplete"; readonly error: unknown; readonly drop: boolean }
  /** The far end is told that nothing more is sent. */
  | { readonly type: "sendEnd" }
  /** It is over. Unless it failed nothing of it is left at the far end, so that what carried it can carry another. */
  | { readonly type: "over"; readonly failed: false }
  | { readonly type: "over"; readonly failed: true; readonly error: unknown };

export interface Reduced {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}

export const newConnection: ConnectionState = { phase: "opening", taken: [], ended: [], said: "", inputEnded: false };

/** What a node says is one line; more of it is not kept. */
const mostSaid = 2000;

/** The next state, and what is to be done; of what happens after the end nothing counts. */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent, request: RequestInfo): Reduced {
  if (state.phase === "over") return { state, effects: [] };
  switch (event.type) {
    case "taken":
      return taken(state, event.half);
    case "received":
      return received(state, event.data);
    case "said":
      return { state: { ...state, said: (state.said + event.text).slice(0, mostSaid) }, effects: [] };
    case "ended":
      return ended(state, event.half, request);
    case "reset":
      return reset(state, event.half, request);
    case "lost":
      return failed(state, event.error);
    case "inputEnded":
      if (state.inputEnded) return { state, effects: [] };
      return { state: { ...state, inputEnded: true }, effects: [{ type: "sendEnd" }] };
    case "stopped":
      return failed(state, event.error, event.drop);
    default:
      return { state, effects: [] };
  }
}

function taken(state: ConnectionState, half: Half): Reduced {
  const next = { ...state, taken: [...state.taken, half] };
  return next.taken.includes("data") && next.taken.includes("error") ? open(next) : { state: next, effects: [] };
}

/**
 * What comes shows as much as the replies to both streams. Data stands behind the reply to its own stream; that to the other is sent beside
 * the copying and may stand behind data (spdystream), which nobody reads before the connection is open.
 */
function open(state: ConnectionState): Reduced {
  if (state.phase !== "opening") return { state, effects: [] };
  return { state: { ...state, phase: "open" }, effects: [{ type: "opened" }] };
}

function received(before: ConnectionState, data: Uint8Array): Reduced {
  // Behind its end nothing comes from a server that keeps to the protocol.
  if (before.ended.includes("data")) return { state: before, effects: [] };
  const { state, effects } = open(before);
  return { state, effects: [...effects, { type: "output", data }] };
}

function ended(before: ConnectionState, half: Half, request: RequestInfo): Reduced {
  // The node ends the stream of errors first, so at the end of the data it is known whether anything is missing.
  if (before.said !== "") return failed(before, notForwarded(before.said, request));
  if (before.ended.includes(half)) return { state: before, effects: [] };
  const { state, effects: begun } = open(before);
  const next = { ...state, ended: [...state.ended, half] };
  const effects: ConnectionEffect[] = half === "data" ? [...begun, { type: "complete" }] : [...begun];
  if (!next.ended.includes("data") || !next.ended.includes("error")) return { state: next, effects };
  // The far end forgets a stream only when both sides have ended it.
  if (!state.inputEnded) effects.push({ type: "sendEnd" });
  effects.push({ type: "over", failed: false });
  return { state: { ...next, phase: "over", inputEnded: true }, effects };
}

function reset(state: ConnectionState, half: Half, request: RequestInfo): Reduced {
  // Behind both ends there is nothing to lose.
  if (half === "error" && state.said === "" && state.ended.includes("data")) return ended(state, half, request);
  const error = state.said === "" ? wasReset(request) : notForwarded(state.said, request);
  return failed(state, error);
}

function failed(state: ConnectionState, error: unknown, drop = false): Reduced {
  const incomplete: ConnectionEffect[] =
    state.ended.includes("data") && !drop ? [] : [{ type: "incomplete", error, drop }];
  return {
    state: { ...state, phase: "over" },
    effects: [...incomplete, { type: "over", failed: true, error }],
  };
}

function notForwarded(said: string, request: RequestInfo): ConnectionError {
  return new ConnectionError(`NotForwarded: ${said.trim()}`, { request });
}

function wasReset(request: RequestInfo): ConnectionError {
  return new ConnectionError("Reset: the pod's end of the connection was reset before it had ended", { request });
}
