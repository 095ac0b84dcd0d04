import { createHash, randomBytes } from "node:crypto";

/** One opening handshake of RFC 6455. */
export interface Handshake {
  /** The header lines that ask for it, as name, value, name, value. */
  readonly lines: readonly string[];
  /** The subprotocol that the server took; `""` where none was offered. `field` reads the headers of the answer 101. Throws an Error where it is no answer to this. */
  accept(field: (name: string) => string | undefined): string;
}

/** What is appended to the key (RFC 6455, 1.3). */
export const acceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Offers the subprotocols in order; with none, the server can choose none. No extension is offered: compression is how a small message becomes a large one. */
export function createHandshake(subprotocols: readonly string[]): Handshake {
  const key = randomBytes(16).toString("base64");
  const lines = ["connection", "Upgrade", "upgrade", "websocket", "sec-websocket-version", "13"];
  lines.push("sec-websocket-key", key);
  if (subprotocols.length > 0) lines.push("sec-websocket-protocol", subprotocols.join(", "));
  return {
    lines,
    accept(field) {
      if (field("upgrade")?.toLowerCase() !== "websocket") throw new Error("it is no upgrade to WebSocket");
      const expected = createHash("sha1")
        .update(key + acceptSuffix)
        .digest("base64");
      if (field("sec-websocket-accept") !== expected) throw new Error("its Sec-WebSocket-Accept is wrong");
      if (field("sec-websocket-extensions") !== undefined) throw new Error("it has an extension that was not offered");
      const chosen = field("sec-websocket-protocol");
      if (chosen === undefined && subprotocols.length === 0) return "";
      if (chosen === undefined || !subprotocols.includes(chosen))
        throw new Error("it chose no subprotocol that was offered");
      return chosen;
    },
  };
}
