import type { Duplex } from "node:stream";

import { shownAs, type MessageSocket, type SocketEnd } from "@kubewright/core";

import { ChunkQueue } from "../transport/chunk-queue.ts";
import { createFrameReader, frame } from "./framing.ts";
import { createLiveness, type LivenessTimes } from "./liveness.ts";
import { createPacing } from "./pacing.ts";

/** What a socket stands on. */
export interface Upgraded {
  readonly stream: Duplex;
  /** What came behind the answer already. */
  readonly head: Uint8Array;
  readonly protocol: string;
  /** Aborts it at once; everything then rejects with the signal's reason. */
  readonly signal: AbortSignal | undefined;
  /** What a connection that broke is told as: by what the platform said, if anything. */
  lost(error: unknown): Error;
  /** A problem of what came, as an error of the library. */
  malformed(error: Error): Error;
  /** No answer to pings. */
  dead(): Error;
  /** It was closed, and somebody still waits to send. */
  ended(): Error;
}

/** A socket, and its end from above. */
export interface OpenSocket {
  readonly socket: MessageSocket;
  /** Ends it at once, with this error. */
  fail(error: unknown): void;
}

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** The server's own ceiling of what it takes, and ours of what it sends. */
const mostMessageBytes = 32 * 1024 * 1024;

/** How long a far end that does not listen may keep a closed connection. */
const closeMs = 1000;

const nothing = new Uint8Array(0);

/** Frames, pacing and liveness around a byte stream that was upgraded. */
export function openMessageSocket(upgraded: Upgraded, times: LivenessTimes): OpenSocket {
  const { stream, protocol, signal } = upgraded;
  const pacing = createPacing(performance.now());
  const liveness = createLiveness(times, performance.now());
  /** Those that wait for room, in order. */
  const senders: Waiter[] = [];
  /** The pings without an answer, oldest first: their numbers, and who waits for them; nobody for those of pacing and liveness. */
  const pings: ({ readonly number: number } & Partial<Waiter>)[] = [];
  let lastPing = 0;
  let pausing: NodeJS.Timeout | undefined;
  let failure: { readonly error: unknown } | undefined;
  let closing: SocketEnd | undefined;
  let paused = false;
  let over = false;

  let gone: (end: SocketEnd) => void;
  const closed = new Promise<SocketEnd>((resolve) => (gone = resolve));

  const messages = new ChunkQueue({
    resume: () => {
      paused = false;
      stream.resume();
    },
    cancel: () => void close(),
  });

  const reader = createFrameReader(
    {
      message(data) {
        if (messages.push(data)) return;
        paused = true;
        stream.pause();
      },
      ping: (data) => write("pong", Buffer.from(data)),
      pong: (data) => answer(data),
      closing(code, reason) {
        closing = { code: code === 1005 ? undefined : code, reason };
        write("close", code === 1005 ? nothing : codeBytes(code));
        finish();
        stream.end();
        destroyLater();
      },
      broken: (error) => fail(upgraded.malformed(error)),
    },
    mostMessageBytes,
  );

  function write(kind: Parameters<typeof frame>[0], data: Uint8Array): void {
    if (!stream.writable) return;
    const parts = frame(kind, data);
    if (parts.length > 1) stream.cork();
    for (const part of parts) stream.write(part);
    if (parts.length > 1) stream.uncork();
  }

  function ping(waiter: Partial<Waiter> = {}): void {
    lastPing += 1;
    pings.push({ number: lastPing, ...waiter });
    pacing.pinged(performance.now());
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, lastPing);
    write("ping", bytes);
  }

  /** A pong answers its ping and, as RFC 6455 has it, may stand for all before it. */
  function answer(data: Uint8Array): void {
    liveness.heard();
    if (data.byteLength !== 4) return;
    const number = new DataView(data.buffer, data.byteOffset, 4).getUint32(0);
    const upTo = pings.findIndex((one) => one.number === number) + 1;
    const answered = pings.splice(0, upTo);
    const pauseMs = pacing.answered(answered.length, performance.now());
    for (const { resolve } of answered) resolve?.();
    if (pauseMs > 0) pause(pauseMs);
    else admit();
  }

  function pause(ms: number): void {
    pausing ??= setTimeout(() => {
      pausing = undefined;
      admit();
    }, ms);
  }

  function admit(): void {
    while (senders.length > 0 && pausing === undefined && pacing.hasRoom) senders.shift()?.resolve();
  }

  /** No more is sent or received. */
  function finish(error?: { readonly error: unknown }): void {
    if (over) return;
    over = true;
    failure = error;
    clearInterval(ticker);
    clearTimeout(pausing);
    signal?.removeEventListener("abort", aborted);
    if (error === undefined) messages.end();
    else messages.fail(error.error, signal?.aborted === true);
    const reason = error === undefined ? upgraded.ended() : error.error;
    for (const { reject } of senders.splice(0)) reject(reason);
    for (const { reject } of pings.splice(0)) reject?.(reason);
  }

  function fail(error: unknown): void {
    finish({ error });
    reader.destroy();
    stream.destroy();
  }

  function aborted(): void {
    fail(signal?.reason);
  }

  /** A far end that does not read, or does not close, does not keep the connection. */
  function destroyLater(): void {
    const timer = setTimeout(() => stream.destroy(), closeMs).unref();
    stream.once("close", () => clearTimeout(timer));
  }

  async function close(): Promise<void> {
    if (!over) {
      write("close", codeBytes(1000));
      finish();
      stream.end();
      // What comes now concerns nobody; but unread, it would keep the end from being seen.
      stream.resume();
      destroyLater();
    }
    await closed;
  }

  const ticker = setInterval(() => {
    const state = { unanswered: pings.length > 0, paused, pending: pacing.underWay > 0 };
    const verdict = liveness.tick(performance.now(), state);
    if (verdict === "ping") ping();
    else if (verdict === "dead") fail(upgraded.dead());
  }, times.tickMs).unref();

  stream.on("data", (chunk: Uint8Array) => {
    if (over) return;
    liveness.heard();
    reader.write(chunk);
  });
  stream.on("error", (error) => {
    if (!over) fail(upgraded.lost(error));
  });
  stream.on("end", () => {
    if (!over) fail(upgraded.lost(undefined));
  });
  stream.on("close", () => {
    if (!over) fail(upgraded.lost(undefined));
    reader.destroy();
    gone(closing ?? { code: undefined, reason: "" });
  });
  signal?.addEventListener("abort", aborted, { once: true });
  if (signal?.aborted === true) aborted();
  else if (upgraded.head.byteLength > 0) stream.unshift(upgraded.head);

  const socket: MessageSocket = {
    protocol,
    closed,
    messages,
    send(message) {
      if (over) return Promise.reject(failure === undefined ? upgraded.ended() : failure.error);
      write("message", message);
      pacing.sent(message.byteLength);
      if (pacing.wantsPing) ping();
      if (pacing.hasRoom && senders.length === 0 && pausing === undefined) return Promise.resolve();
      return new Promise((resolve, reject) => senders.push({ resolve, reject }));
    },
    ping() {
      if (over) return Promise.reject(failure === undefined ? upgraded.ended() : failure.error);
      return new Promise((resolve, reject) => ping({ resolve, reject }));
    },
    close,
  };
  return { socket: shownAs(socket, "MessageSocket", (shown) => ({ protocol: shown.protocol })), fail };
}

function codeBytes(code: number): Uint8Array {
  return new Uint8Array([code >> 8, code & 0xff]);
}
