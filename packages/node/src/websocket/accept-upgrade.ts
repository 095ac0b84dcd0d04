import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";

import { ConnectionError, type MessageSocket } from "@kubewright/core";

import { acceptSuffix } from "./handshake.ts";
import { livenessTimes } from "./liveness.ts";
import { openMessageSocket } from "./message-socket.ts";

/** What a client asked for by its opening handshake (RFC 6455, 4.2.1). */
export interface UpgradeOffer {
  readonly key: string;
  /** The subprotocols in order, each once; none where the client left it open. */
  readonly offered: readonly string[];
}

/** What an upgrade is accepted with. */
export interface UpgradeAcceptance {
  /** The connection, as `node:http` hands it out. */
  readonly stream: Duplex;
  /** What came behind the request already. */
  readonly head: Uint8Array;
  /** One of those offered; `""` where none was. */
  readonly protocol: string;
  /** More lines for the answer. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Breaks the connection off; everything then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a request to upgrade offers. `field` reads its headers. @throws Error whose message says what is wrong, where it is no handshake
 * of WebSocket 13: for an answer 400
 */
export function readUpgrade(field: (name: string) => string | undefined): UpgradeOffer {
  if (field("upgrade")?.toLowerCase() !== "websocket") throw new Error('the header upgrade must be "websocket"');
  if (field("sec-websocket-version") !== "13") throw new Error('the header sec-websocket-version must be "13"');
  const key = field("sec-websocket-key") ?? "";
  if (!/^[A-Za-z0-9+/]{22}==$/.test(key)) throw new Error("the header sec-websocket-key must hold 16 bytes in base64");
  const offered = (field("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
  if (offered.length === 1 && offered[0] === "") return { key, offered: [] };
  // Kubernetes has names with a slash, which are no tokens of HTTP.
  if (offered.some((name) => !/^[!-~]+$/.test(name)) || new Set(offered).size < offered.length)
    throw new Error("the header sec-websocket-protocol must be a list of names, each once");
  return { key, offered };
}

/**
 * Answers 101 and gives the server's end: frames unmasked, at most 1 MiB waiting here that the client has not taken, pings that find a dead
 * connection, what nobody pulls left with the client, messages of at most 32 MiB. To refuse, or to keep up with who is welcome, is the
 * caller's.
 */
export function acceptUpgrade({ key }: UpgradeOffer, acceptance: UpgradeAcceptance): MessageSocket {
  const { stream, head, protocol, headers = {}, signal } = acceptance;
  const accept = createHash("sha1")
    .update(key + acceptSuffix)
    .digest("base64");
  const lines = ["HTTP/1.1 101 Switching Protocols", "upgrade: websocket", "connection: Upgrade"];
  lines.push(`sec-websocket-accept: ${accept}`);
  if (protocol !== "") lines.push(`sec-websocket-protocol: ${protocol}`);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  stream.write(`${lines.join("\r\n")}\r\n\r\n`);
  const { socket } = openMessageSocket({ side: "server", stream, head, protocol, signal, ...failures }, livenessTimes);
  return socket;
}

const dead = (): ConnectionError => new ConnectionError("ConnectionLost: the client answers no pings");

const failures = {
  lost: (cause: unknown) =>
    new ConnectionError("ConnectionLost: the client's connection ended without a close frame", { cause }),
  malformed: (cause: Error) =>
    new ConnectionError(`BadFrames: what the client sends is not WebSocket: ${cause.message}`, { cause }),
  dead,
  // Not asked for: a client that takes nothing is its user's affair.
  stalled: dead,
  ended: () => new ConnectionError("Closed: the connection was closed"),
};
