import type { IncomingMessage } from "node:http";
import type { Clock } from "@kubewright/core";
import type { Refusal } from "../request/refusal.ts";
import { urlOf } from "./request-url.ts";

/** A request that was refused, for whoever runs the proxy. All but `status`, `reason` and `message` is as it was sent: trust none of it. */
export interface RefusedRequest {
  /** The HTTP status. */
  readonly status: number;
  /** Such as `Forbidden`. */
  readonly reason: string;
  /** What the page was told. */
  readonly message: string;
  /** The HTTP method. */
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** The header Host. */
  readonly host: string | undefined;
  /** The header Origin. */
  readonly origin: string | undefined;
  /** The address that it came from; undefined on a unix socket. */
  readonly address: string | undefined;
  /** The error behind it, where there is one. */
  readonly cause: unknown;
}

/** What is known of a refused request. */
export function refusedRequest(request: IncomingMessage, { code, reason, message, cause }: Refusal): RefusedRequest {
  const { method = "", headers, socket } = request;
  return {
    status: code,
    reason,
    message,
    method,
    path: urlOf(request).path,
    host: headers.host,
    origin: headers.origin,
    address: socket.remoteAddress,
    cause,
  };
}

/** How many lines are written in a second; whoever is attacked needs no more. */
const linesPerSecond = 10;

/** Writes a line for each refused request, until there are too many: then how many more there were. */
export function createRefusalLog(clock: Clock, write: (line: string) => void): (refused: RefusedRequest) => void {
  let since = -Infinity;
  let count = 0;
  return (refused) => {
    const now = clock.now();
    if (now - since >= 1000) {
      if (count > linesPerSecond)
        write(`Kubewright proxy: refused ${count - linesPerSecond} more requests in a second`);
      since = now;
      count = 0;
    }
    count += 1;
    if (count <= linesPerSecond) write(lineOf(refused));
  };
}

function lineOf({ status, reason, message, method, path, host, origin, address, cause }: RefusedRequest): string {
  const from = [
    address === undefined ? "" : ` from ${address}`,
    host === undefined ? "" : `, host ${quoted(host)}`,
    origin === undefined ? "" : `, origin ${quoted(origin)}`,
  ];
  const why = cause instanceof Error ? ` (${quoted(cause.message)})` : "";
  return `Kubewright proxy: ${status} ${reason}: ${quoted(method)} ${quoted(path)}${from.join("")}: ${message}${why}`;
}

/** In one line of plain characters, whatever a stranger sent. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 200)).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
