import { connect, constants } from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";
import type { Duplex } from "node:stream";

import type { ApiRequest } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";
import { mostHeaderBytes } from "./answer-failure.ts";
import type { UnreadableAnswer } from "./h2-unreadable.ts";

/** client-go's; 64 KiB, HTTP/2's own, would bound a stream to 3 MB/s at 20 ms. */
const streamWindowBytes = 4 * 1024 * 1024;
/** Node gives a session's window back as soon as bytes arrive, so this bounds only what is on the way. */
const sessionWindowBytes = 32 * 1024 * 1024;
/** Streams at a time until a server's SETTINGS say otherwise; also Kubernetes' own limit. */
export const usualLimit = 100;
/** A server without a limit still gets its requests over several connections at some point. */
const mostStreams = 1000;
/**
 * Streams have odd numbers below 2 ** 31, each used once: a session that is used for weeks runs out of them, after which Node
 * fails every request but keeps the session.
 */
const lastStreamId = 2 ** 30;
/** Of a session's streams; the rest is kept for requests that end soon. */
const streamingShare = 0.9;

/** Node takes a request's headers as names and values in turn since 22.17 and 24.2; Electron 37 has 22.16. */
const takesLines: boolean = !process.versions.node.startsWith("22.16.");

function headersOf(lines: readonly string[]): OutgoingHttpHeaders {
  const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (let at = 0; at < lines.length; at += 2) (headers[lines[at] ?? ""] ??= []).push(lines[at + 1] ?? "");
  // Node refuses a list, also of one value, for those that HTTP allows once.
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** RFC 9113, 6.5.2: what a header line counts beside its bytes. */
const lineBytes = 32;

/** Who wants to know about a session. */
export interface SessionListener {
  /** The server allows so many streams at a time. */
  limited(streams: number): void;
  closed(session: H2Session): void;
  /** The answer to this request may have a header that Node's HTTP/2 cannot take, or has one that it can. */
  doubts(request: ApiRequest, doubtful: boolean): void;
}

/** Ends a request that was not written, as the server would have. */
function refuse(stream: ClientHttp2Stream): void {
  stream.close(constants.NGHTTP2_REFUSED_STREAM);
  stream.destroy();
}

/** One HTTP/2 connection, what it carries, and whether it may carry more. */
export class H2Session {
  /** Streams that count against the server's limit. */
  open = 0;
  /** Those of them that are watches or followed logs. */
  streaming = 0;
  /** A ping is out that has not been answered. */
  asked = false;
  /** Of `open`, those without an answer so far. */
  unanswered = 0;
  /** It carries one request and takes no other. */
  alone = false;
  /** The server has said that it speaks HTTP/2. */
  greeted = false;
  /** An answer that Node cannot read has ended the session. */
  unreadable: UnreadableAnswer | undefined;
  /** Why the session was given up; set before its streams fail. */
  lost: unknown;
  /** Streams with a higher id were not processed; undefined until a GOAWAY came. */
  lastProcessedStream: number | undefined;

  readonly #session: ClientHttp2Session;
  readonly #socket: Duplex & { readonly bytesRead?: number };
  /** Requests of this turn: Node writes them at its end, and keeps those for later that go beyond the limit by then. */
  #unwritten: ClientHttp2Stream[] = [];
  #limit: number;
  #bytes = 0;
  #heardAt: number = Date.now();
  readonly #hears: SessionListener;

  /** `limit`: how many streams the server allows, as far as known. */
  constructor(socket: Duplex, address: ServerAddress, limit: number, hears: SessionListener) {
    this.#socket = socket;
    this.#limit = limit;
    this.#hears = hears;
    this.#session = connect(address.server, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: streamWindowBytes, maxHeaderListSize: mostHeaderBytes },
      // Beyond 128 lines Node would reset the stream.
      maxHeaderListPairs: mostHeaderBytes / lineBytes,
      // A request whose headers are larger than 64 KiB, as with thousands of groups, would never be sent, and never fail.
      maxSendHeaderBlockLength: mostHeaderBytes,
      // The default of 10 MB counts queued request bodies and refuses new streams beyond it.
      maxSessionMemory: 1024,
    });
    this.#session.setLocalWindowSize(sessionWindowBytes);
    this.#session.on("remoteSettings", ({ maxConcurrentStreams }) => {
      this.greeted = true;
      this.#limit = Math.min(maxConcurrentStreams ?? mostStreams, mostStreams);
      hears.limited(this.#limit);
      const excess = this.open - this.#limit;
      if (excess > 0) for (const stream of this.#unwritten.splice(-excess)) refuse(stream);
    });
    this.#session.on("goaway", (_code, lastStreamId) => {
      // Node takes the session out of service itself.
      this.lastProcessedStream = lastStreamId;
    });
    this.#session.on("error", (error) => {
      this.lost ??= error;
    });
    socket.on("error", (error) => {
      this.lost ??= error;
      // Node leaves the socket open after some errors, such as a TLS alert.
      socket.destroy();
    });
    socket.on("close", () => hears.closed(this));
    this.#session.unref();
  }

  /** True while new requests may begin here. */
  get inService(): boolean {
    return !this.#session.closed && !this.#session.destroyed;
  }

  get ended(): boolean {
    return this.#session.destroyed;
  }

  /**
   * True when the system has given the connection up and Node has not noticed: where a write meets a reset before a read does, Node
   * (24.21, TLSWrap::EncOut) keeps the error to itself, takes the next write for unfinished and no longer reads.
   */
  get broken(): boolean {
    // Node's own name for it; `remoteAddress` is remembered and says nothing about now. Where it is missing, pings must do.
    const { _handle: handle } = this.#socket as { _handle?: { getpeername?(into: object): number | undefined } | null };
    return (handle?.getpeername?.({}) ?? 0) !== 0;
  }

  hasRoom(streaming: boolean): boolean {
    if (this.open >= this.#limit) return false;
    return !streaming || this.streaming < Math.max(1, Math.floor(this.#limit * streamingShare));
  }

  /** Begins a request. Throws what Node throws for bad headers. */
  begin(lines: readonly string[], streaming: boolean, endStream: boolean): ClientHttp2Stream {
    const stream = this.#session.request(takesLines ? lines : headersOf(lines), { endStream });
    if (this.#unwritten.push(stream) === 1) setImmediate(() => (this.#unwritten = []));
    if (this.open === 0) this.#session.ref();
    this.open += 1;
    this.unanswered += 1;
    if (streaming) this.streaming += 1;
    if ((stream.id ?? 0) > lastStreamId) this.retire();
    return stream;
  }

  /** A request's stream is closed on both sides. */
  release(streaming: boolean): void {
    this.open -= 1;
    if (streaming) this.streaming -= 1;
    if (this.open > 0) return;
    // Now, because nobody looks while the session is idle. Only bytes count: the request may have been given up by its caller.
    this.quietMs();
    if (!this.#session.destroyed) this.#session.unref();
    if (this.alone) this.retire();
  }

  /** Says what is known now of the header of a request's answer. */
  doubts(request: ApiRequest, doubtful: boolean): void {
    this.#hears.doubts(request, doubtful);
  }

  /** Bytes that have come so far; pings and settings count too. */
  get bytesRead(): number {
    return this.#socket.bytesRead ?? 0;
  }

  /** For how long no byte has come, as far as anybody looked. By the wall clock, which goes on while the machine sleeps. */
  quietMs(): number {
    const now = Date.now();
    const bytes = this.bytesRead;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#heardAt = now;
    }
    // Absolute, because a clock may be set back; asking too early does no harm.
    return Math.abs(now - this.#heardAt);
  }

  /** Asks the server for a sign of life; `answered` is not called when the session ends before. False if nothing can be asked. */
  ask(answered: () => void): boolean {
    if (this.#session.destroyed) return false;
    const heard = (error: Error | null): void => {
      if (error === null) answered();
    };
    if (!this.#session.closed) return this.#session.ping(heard);
    // Node sends no PING once a GOAWAY came, though streams may be open for hours. SETTINGS must be acknowledged as well.
    this.#session.settings({ enablePush: false }, heard);
    return true;
  }

  /** Takes the session out of service: open requests go on to their end, then it closes. */
  retire(): void {
    if (!this.#session.closed && !this.#session.destroyed) this.#session.close();
  }

  /** Ends the session and everything on it. */
  destroy(reason: unknown): void {
    this.lost ??= reason;
    if (!this.#session.destroyed) this.#session.destroy(undefined, constants.NGHTTP2_CANCEL);
    // At once: Node would first wait until everything is written, and after retire() for the server to hang up.
    this.#socket.destroy();
  }
}
