import type { Duplex } from "node:stream";

import { shownAs, type MessageSocket, type SocketEnd } from "@kubewright/core";

import { ChunkQueue } from "../transport/chunk-queue.ts";
import { surviveFailedWrites } from "./failed-writes.ts";
import { createFrameReader, frame, type Side } from "./framing.ts";
import { createLiveness, type LivenessTimes } from "./liveness.ts";
import { createPacing } from "./pacing.ts";
import { createWindow } from "./window.ts";

/** What a socket stands on. */
export interface Upgraded {
  readonly side: Side;
  readonly stream: Duplex & { ref?(): unknown; unref?(): unknown };
  /** What came behind the handshake already. */
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
  /** Nothing came for longer than it may, and no answer could. */
  stalled(): Error;
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

/** The API server's own ceiling of what it takes, and ours of what comes. */
const mostMessageBytes = 32 * 1024 * 1024;

/** What a message costs that waits, beside its bytes: so that neither many small nor many empty ones grow beyond the bound. */
const messageBytes = 64;

/** How long a far end that does not listen may keep a closed connection. */
const closeMs = 1000;

const nothing = new Uint8Array(0);

/** Frames, pacing and liveness around a byte stream that was upgraded. */
export function openMessageSocket(upgraded: Upgraded, times: LivenessTimes): OpenSocket {
  const { side, stream, protocol, signal } = upgraded;
  const pacing = side === "client" ? createPacing(performance.now()) : createWindow(stream);
  const liveness = createLiveness(times, performance.now());
  /** The messages that came as text. */
  const texts = new WeakSet<Uint8Array>();
  /** Those that wait for room, in order. */
  const senders: Waiter[] = [];
  /** The pings without an answer, oldest first: their numbers, and who waits for them; nobody for those of pacing and liveness. */
  const pings: ({ readonly number: number } & Partial<Waiter>)[] = [];
  let lastPing = 0;
  let pausing: NodeJS.Timeout | undefined;
  /** Ends it while nobody waits for it. */
  let resting: NodeJS.Timeout | undefined;
  let failure: { readonly error: unknown } | undefined;
  let closing: SocketEnd | undefined;
  /** Why nothing can be written any more; what has come is read nevertheless. */
  let unwritable: Error | undefined;
  /** How many pieces of what the far end sends were read. */
  let chunks = 0;
  /** Messages came since liveness was looked at. */
  let busy = false;
  let paused = false;
  let over = false;

  let gone: (end: SocketEnd) => void;
  const closed = new Promise<SocketEnd>((resolve) => (gone = resolve));

  const messages = new ChunkQueue(
    {
      resume: () => {
        paused = false;
        stream.resume();
      },
      cancel: () => void close(),
    },
    messageBytes,
  );

  const reader = createFrameReader(
    side,
    {
      message(data, isText) {
        busy = true;
        if (isText) texts.add(data);
        if (messages.push(data)) return;
        paused = true;
        stream.pause();
      },
      ping: (data) => write("pong", Buffer.from(data)),
      pong: (data) => answer(data),
      closing(code, reason) {
        closing = { code: code === 1005 ? undefined : code, reason };
        write("close", closeBytes({ code: closing.code, reason: "" }));
        finish();
        endStream();
      },
      broken: (error) => fail(upgraded.malformed(error)),
    },
    mostMessageBytes,
  );

  function write(kind: Parameters<typeof frame>[1], data: Uint8Array): void {
    if (!stream.writable || unwritable !== undefined) return;
    const parts = frame(side, kind, data);
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
    // What came behind the pong is read first: it may say that the command has ended, and then nothing more is to be sent.
    else setImmediate(admit);
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
    clearTimeout(resting);
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
  function endStream(): void {
    if (unwritable !== undefined) {
      stream.destroy();
      return;
    }
    stream.end();
    const timer = setTimeout(() => stream.destroy(), closeMs).unref();
    stream.once("close", () => clearTimeout(timer));
  }

  async function close(end: SocketEnd = { code: 1000, reason: "" }): Promise<void> {
    if (!over) {
      write("close", closeBytes(end));
      finish();
      // What comes now concerns nobody; but unread, it would keep the end from being seen.
      stream.resume();
      endStream();
    }
    await closed;
  }

  function wake(): void {
    if (resting === undefined) return;
    clearTimeout(resting);
    resting = undefined;
    stream.ref?.();
  }

  const ticker = setInterval(() => {
    // What came while our loop stood still is read first.
    setImmediate(() => {
      if (over || unwritable !== undefined) return;
      const state = { unanswered: pings.length > 0, busy, paused, pending: pacing.underWay > 0 };
      busy = false;
      const verdict = liveness.tick(performance.now(), state);
      if (verdict === "ping") ping();
      else if (verdict !== "wait") fail(upgraded[verdict]());
    });
  }, times.tickMs).unref();

  surviveFailedWrites(stream, (error) => {
    unwritable = error;
    if (over) stream.destroy();
    else endReading();
  });

  /** Behind a write that failed little can come, but it is what says why. */
  function endReading(): void {
    const before = chunks;
    const timer = setTimeout(() => {
      if (over) return;
      if (paused || chunks > before) endReading();
      else fail(upgraded.lost(unwritable));
    }, closeMs).unref();
    stream.once("close", () => clearTimeout(timer));
  }

  stream.on("data", (chunk: Uint8Array) => {
    if (over) return;
    chunks += 1;
    liveness.heard();
    reader.write(chunk);
  });
  if (side === "server") stream.on("drain", admit);
  stream.on("error", (error) => {
    if (!over) fail(upgraded.lost(error));
  });
  stream.on("end", () => {
    if (!over) fail(upgraded.lost(unwritable));
  });
  stream.on("close", () => {
    if (!over) fail(upgraded.lost(unwritable));
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
    isText: (message) => texts.has(message),
    send(message, kind) {
      if (over) return Promise.reject(failure === undefined ? upgraded.ended() : failure.error);
      wake();
      // One write for both.
      stream.cork();
      write(kind ?? "message", message);
      pacing.sent(message.byteLength);
      if (pacing.wantsPing) ping();
      stream.uncork();
      if (pacing.hasRoom && senders.length === 0 && pausing === undefined && unwritable === undefined)
        return Promise.resolve();
      return new Promise((resolve, reject) => senders.push({ resolve, reject }));
    },
    ping() {
      if (over) return Promise.reject(failure === undefined ? upgraded.ended() : failure.error);
      return new Promise((resolve, reject) => ping({ resolve, reject }));
    },
    idle(ms) {
      wake();
      if (over) return;
      resting = setTimeout(() => void close(), ms).unref();
      stream.unref?.();
    },
    close,
  };
  return { socket: shownAs(socket, "MessageSocket", (shown) => ({ protocol: shown.protocol })), fail };
}

/** What a close frame holds. */
function closeBytes({ code, reason }: SocketEnd): Uint8Array {
  if (code === undefined) return nothing;
  return Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]);
}
