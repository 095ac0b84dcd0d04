import {
  type ApiRequest,
  type ApiResponse,
  type Clock,
  ConnectionError,
  type Transport,
  unlessAborted,
} from "@kubewright/core";
import { type ApiServer, refused, type ServerAnswer } from "./replay/api-server.ts";
import type { Fault } from "./replay/fault.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** One request, for those who want to know what happened. */
export interface SeenRequest {
  /** By the clock. */
  readonly at: number;
  readonly query: string;
  readonly fault: Fault;
}

/** A transport without sockets that plays API servers. */
export interface ReplayTransport extends Transport {
  readonly requests: readonly SeenRequest[];
}

export interface ReplayOptions {
  /** The server that a request reaches now. */
  readonly server: () => ApiServer;
  readonly clock: Clock;
  /** What becomes of a request. Default: nothing breaks. */
  readonly fault?: (request: ApiRequest) => Fault;
  /** How long slices are. */
  readonly random: SeededRandom;
}

/** Makes one. */
export function replayTransport({ server, clock, fault = () => ({}), random }: ReplayOptions): ReplayTransport {
  const requests: SeenRequest[] = [];
  const closed = new AbortController();

  function wait(ms: number, signal: AbortSignal): Promise<void> {
    let cancel = (): void => {};
    const waited = new Promise<void>((resolve) => (cancel = clock.after(ms, resolve)));
    return unlessAborted(waited, signal).finally(() => cancel());
  }

  async function send(request: ApiRequest): Promise<ApiResponse> {
    const suffers = fault(request);
    requests.push({ at: clock.now(), query: request.query, fault: suffers });
    const signal = request.signal === undefined ? closed.signal : AbortSignal.any([request.signal, closed.signal]);
    if (suffers.delayMs !== undefined) await wait(suffers.delayMs, signal);
    const { instead } = suffers;
    if (instead === "refused") throw new ConnectionError("Refused: nobody listens", { sent: "no" });
    if (instead === "reset") throw new ConnectionError("Disconnected: reset before an answer");
    if (instead === "silence") await unlessAborted(new Promise(() => {}), signal);
    const query = readQuery(request.query, suffers);
    const answer =
      typeof instead === "object"
        ? refused(instead)
        : await unlessAborted(server().answer(request.path, query), signal);
    const left = new AbortController();
    return {
      status: answer.status,
      headers: { get: (name) => answer.headers[name] },
      body: bodyOf(answer, suffers, AbortSignal.any([signal, left.signal])),
      discard() {
        left.abort();
        if (typeof answer.body !== "string") answer.body.end();
      },
    };
  }

  async function* bodyOf({ body }: ServerAnswer, suffers: Fault, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const {
      sliceBytes,
      sliceMs,
      endBytes = Infinity,
      endMs,
      end = "reset",
      pauseBytes = Infinity,
      pauseMs = 0,
    } = suffers;
    let sent = 0;
    let late = false;
    let onLate = (): void => {};
    const tooLate = new Promise<undefined>((resolve) => (onLate = () => resolve(undefined)));
    const cancel = endMs === undefined ? undefined : clock.after(endMs, () => ((late = true), onLate()));
    let paused = false;
    let first = true;
    const next = async (): Promise<string | undefined> => {
      if (typeof body !== "string") return body.take();
      const whole = first ? body : undefined;
      first = false;
      return whole;
    };
    try {
      for (;;) {
        const text = await unlessAborted(Promise.race([next(), tooLate]), signal);
        if (text === undefined && !late) return;
        const bytes = encoder.encode(changed(text ?? "", suffers, sent === 0));
        for (let at = 0; at < bytes.length && !late;) {
          const most = sliceBytes === undefined ? Infinity : random.between(1, sliceBytes);
          const size = Math.min(most, endBytes - sent, bytes.length - at);
          if (size > 0) yield bytes.subarray(at, at + size);
          at += size;
          sent += size;
          if (sent >= endBytes) late = true;
          if (sent >= pauseBytes && !paused) {
            paused = true;
            await wait(pauseMs, signal);
          }
          if (sliceMs !== undefined && sliceMs > 0) await wait(sliceMs, signal);
          signal.throwIfAborted();
        }
        if (!late) continue;
        if (end === "reset") throw new ConnectionError("Disconnected: reset within the body");
        if (end === "clean") return;
        await unlessAborted(new Promise(() => {}), signal);
      }
    } finally {
      cancel?.();
      if (typeof body !== "string") body.end();
    }
  }

  return {
    server: "https://replay.test",
    requests,
    send,
    async close() {
      closed.abort(new ConnectionError("Closed: the transport was closed"));
    },
  };
}

/** The query as this server reads it. */
function readQuery(query: string, { plain, pageSize }: Fault): string {
  const read = new URLSearchParams(query);
  if (plain === true) {
    for (const unknown of ["sendInitialEvents", "resourceVersionMatch", "allowWatchBookmarks"]) read.delete(unknown);
  }
  const limit = Number(read.get("limit") ?? 0);
  if (pageSize !== undefined && limit > pageSize) read.set("limit", String(pageSize));
  return read.toString();
}

const encoder = new TextEncoder();

/** The next part as what lies in between makes it. */
function changed(text: string, { withoutEndMark, twice }: Fault, first: boolean): string {
  const lines = text.split("\n");
  const kept = withoutEndMark === true ? lines.filter((line) => !line.includes("k8s.io/initial-events-end")) : lines;
  const last = kept.at(-2);
  return (twice === true && first && last !== undefined ? kept.toSpliced(-1, 0, last) : kept).join("\n");
}
