import {
  type ApiRequest,
  type ApiResponse,
  type Clock,
  ConnectionError,
  type Transport,
  unlessAborted,
} from "@kubewright/core";
import { joined } from "../support/protobuf-wire.ts";
import { isProtobuf } from "./recording.ts";
import type { ApiServer, ServerAnswer } from "./replay/api-server.ts";
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
  /** How many answers came in protobuf. */
  readonly inProtobuf: number;
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
  let inProtobuf = 0;

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
    const accepted = request.headers["accept"]?.[0]?.includes("protobuf") === true ? "protobuf" : "json";
    const answer =
      typeof instead === "object"
        ? server().refuse(instead, accepted)
        : await unlessAborted(server().answer(request.path, query, accepted), signal);
    if (isProtobuf(answer.headers["content-type"])) inProtobuf += 1;
    const left = new AbortController();
    return {
      status: answer.status,
      headers: { get: (name) => answer.headers[name] },
      body: bodyOf(answer, suffers, AbortSignal.any([signal, left.signal])),
      discard() {
        left.abort();
        if (!(answer.body instanceof Uint8Array)) answer.body.end();
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
    const next = async (): Promise<readonly Uint8Array[] | undefined> => {
      if (!(body instanceof Uint8Array)) return body.take();
      const whole = first ? [body] : undefined;
      first = false;
      return whole;
    };
    try {
      for (;;) {
        const parts = await unlessAborted(Promise.race([next(), tooLate]), signal);
        if (parts === undefined && !late) return;
        const bytes = joined(changed(parts ?? [], suffers, sent === 0));
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
      if (!(body instanceof Uint8Array)) body.end();
    }
  }

  return {
    server: "https://replay.test",
    requests,
    get inProtobuf() {
      return inProtobuf;
    },
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

/** The next parts as what lies in between makes them. */
function changed(
  parts: readonly Uint8Array[],
  { withoutEndMark, twice }: Fault,
  first: boolean,
): readonly Uint8Array[] {
  const kept = withoutEndMark === true ? parts.filter((part) => !Buffer.from(part).includes(endMark)) : parts;
  const last = kept.at(-1);
  return twice === true && first && last !== undefined ? [...kept, last] : kept;
}

const endMark = "k8s.io/initial-events-end";
