import type { RelayEvent } from "@kubewright/runtime/relay";
import type { Batch } from "../events/watches.ts";
import type { AskedWatch } from "./watched-of.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const beginnings: Readonly<Record<RelayEvent["type"], Uint8Array>> = {
  added: encoder.encode('{"type":"ADDED","object":'),
  modified: encoder.encode('{"type":"MODIFIED","object":'),
  deleted: encoder.encode('{"type":"DELETED","object":'),
  bookmark: encoder.encode('{"type":"BOOKMARK","object":'),
  error: encoder.encode('{"type":"ERROR","object":'),
};
const end = encoder.encode("}\n");

/** Events as the API server writes them in the body of a watch, one line of JSON each; only those that were asked for. */
export function watchLines(events: Batch, asked: AskedWatch): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const event of events) if (isWanted(event, asked)) parts.push(beginnings[event.type], event.data, end);
  const lines = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    lines.set(part, offset);
    offset += part.length;
  }
  return lines;
}

function isWanted({ type, data }: RelayEvent, { bookmarks, endOfInitialEvents }: AskedWatch): boolean {
  if (type !== "bookmark") return true;
  return decoder.decode(data).includes('"k8s.io/initial-events-end"') ? endOfInitialEvents : bookmarks;
}
