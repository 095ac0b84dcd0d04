import { request as httpRequest } from "node:http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";

import { InputError } from "@kubewright/core";
import type { ApiResponse } from "@kubewright/core";

import { answerFailure, mostHeaderBytes } from "./answer-failure.ts";
import { ChunkQueue } from "./chunk-queue.ts";
import type { H1Pool, H1Socket } from "./h1-pool.ts";
import { respond } from "./respond.ts";
import type { Sending } from "./sending.ts";
import type { ServerAddress } from "../dial/server-address.ts";
import { writeBody } from "./write-body.ts";

/** An answer that nobody reads is read to its end when so little is left: a new connection costs more. */
const drainBytes = 16 * 1024;
/** A server that keeps even this back does not keep the connection. */
const drainMs = 5000;

/** What makes an exchange an upgrade. */
export interface Upgrading {
  /** The connection's own header lines, in place of those that keep it. */
  readonly lines: readonly string[];
  /** Makes the response of an answer 101. What it throws is what the request rejects with. */
  accept(field: (name: string) => string | undefined, socket: H1Socket, head: Uint8Array): ApiResponse;
}

/** Connections that have brought an answer in HTTP. */
const answered = new WeakSet<H1Socket>();

/**
 * Sends one request on a connection of its own, and answers when the headers are there. The connection of an upgrade is in no pool:
 * it is closed behind an answer that refuses.
 */
export function exchangeH1(
  socket: H1Socket,
  pool: Pick<H1Pool, "keepFor"> | undefined,
  address: ServerAddress,
  sending: Sending,
  closedBy: () => unknown,
  upgrading?: Upgrading,
): Promise<ApiResponse> {
  const { request, body } = sending;
  const { signal } = request;
  return new Promise((resolve, reject) => {
    const own = upgrading?.lines ?? ["connection", "keep-alive"];
    const headers = ["host", address.authority].concat(own, sending.lines);
    const options: RequestOptions = {
      createConnection: () => socket,
      method: request.method,
      path: sending.target,
      headers,
      maxHeaderSize: mostHeaderBytes,
    };
    let message: ClientRequest;
    try {
      message = httpRequest(options);
    } catch (error) {
      socket.destroy();
      reject(new InputError("headers", (error as Error).message, { request, cause: error }));
      return;
    }
    // Without an agent, which would cost a third of a small request, Node closes the connection unless told otherwise.
    message.shouldKeepAlive = upgrading === undefined;
    // Unbounded: beyond 1000, Node drops header lines without a word.
    message.maxHeadersCount = 0;

    let response: IncomingMessage | undefined;
    let remaining = Infinity;
    let over = false;
    let drain: NodeJS.Timeout | undefined;

    const finish = (): boolean => {
      if (over) return false;
      over = true;
      signal?.removeEventListener("abort", aborted);
      return true;
    };
    const fail = (error: unknown, drop: boolean): void => {
      if (!finish()) return;
      if (response === undefined) reject(error);
      else queue.fail(error, drop);
    };
    const aborted = (): void => {
      fail(signal?.reason, true);
      message.destroy();
    };
    const broken = (error?: Error): void => {
      if (over) return;
      fail(answerFailure(closedBy() ?? error, address, request, !answered.has(socket)), false);
    };

    const queue = new ChunkQueue({
      resume: () => void response?.resume(),
      cancel: () => {
        finish();
        if (remaining > drainBytes) {
          message.destroy();
        } else {
          // Already flowing; the connection goes back to the pool at the end, and keeps nobody waiting for it.
          response?.resume();
          socket.unref?.();
          drain = setTimeout(() => message.destroy(), drainMs).unref();
        }
      },
    });

    message.on("response", (incoming) => {
      if (over) return;
      response = incoming;
      answered.add(socket);
      const fields = incoming.rawHeaders;
      const length = fieldOf(fields, "content-length");
      if (length !== undefined) remaining = Number(length);
      const keepAlive = fieldOf(fields, "keep-alive");
      const seconds = keepAlive === undefined ? undefined : /timeout=(\d+)/.exec(keepAlive)?.[1];
      if (seconds !== undefined) pool?.keepFor(socket, Number(seconds));
      incoming.on("data", (chunk: Uint8Array) => {
        remaining -= chunk.byteLength;
        if (!queue.push(chunk)) incoming.pause();
      });
      incoming.on("end", () => {
        // Never an end that the parser has not seen.
        if (!incoming.complete) return;
        clearTimeout(drain);
        finish();
        queue.end();
        // The answer did not wait for the body; a server that never takes its rest would hold the connection for ever.
        if (!message.writableFinished) message.destroy();
      });
      incoming.on("error", broken);
      incoming.on("close", () => {
        clearTimeout(drain);
        broken();
      });
      resolve(respond(incoming.statusCode ?? 0, (name) => fieldOf(fields, name), queue, sending));
    });
    if (upgrading !== undefined) {
      message.on("upgrade", (incoming, upgraded, head) => {
        if (!finish()) {
          upgraded.destroy();
          return;
        }
        try {
          resolve(upgrading.accept((name) => fieldOf(incoming.rawHeaders, name), upgraded, head));
        } catch (error) {
          upgraded.destroy();
          reject(error);
        }
      });
    }
    message.on("error", broken);
    message.on("close", () => {
      if (response === undefined) broken();
    });

    signal?.addEventListener("abort", aborted, { once: true });
    writeBody(message, body, (error) => {
      fail(error, true);
      message.destroy();
    });
  });
}

/** Raw headers keep every line; building Node's object of them for each response costs more than looking for one. */
function fieldOf(fields: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < fields.length; at += 2) {
    const field = fields[at] as string;
    if (field.length !== name.length || field.toLowerCase() !== name) continue;
    found = found === undefined ? (fields[at + 1] as string) : `${found}, ${fields[at + 1]}`;
  }
  return found;
}
