import { OBJECT_LIMIT } from "../../bytes/body.ts";
import { createLineSplitter } from "../../bytes/lines.ts";
import { DecodeError } from "../../errors/body-errors.ts";
import type { RequestInfo } from "../../errors/kube-error.ts";
import { ConnectionError } from "../../errors/transport-errors.ts";
import type { Wanted } from "../../types/wanted.ts";
import type { Frame } from "../codec.ts";
import { isObject } from "../is-object.ts";
import { parseJson } from "./parse-json.ts";
import { parseTrimmedEvent } from "./parse-trimmed.ts";
import { projecting, type Project } from "./projecting.ts";

/** The events of a watch in JSON: one document per line. See {@link Codec.decodeEvents}. */
export async function* decodeJsonLines(
  chunks: AsyncIterable<Uint8Array>,
  request: RequestInfo,
  wanted: Wanted,
): AsyncGenerator<Frame, undefined> {
  const project = projecting(wanted);
  const parse = wanted.managedFields ? parseJson : parseTrimmedEvent;
  const splitter = createLineSplitter(OBJECT_LIMIT, "the watch event", { request, fatal: true });
  for await (const chunk of chunks) {
    for (const line of splitter.push(chunk)) if (line !== "") yield frame(parse(line, request), request, project);
  }
  let last: unknown;
  try {
    const rest = splitter.flush();
    if (rest === undefined) return;
    last = parse(rest, request);
  } catch (cause) {
    throw new ConnectionError("Disconnected: the watch ended in the middle of an event", { request, cause });
  }
  yield frame(last, request, project);
}

function frame(document: unknown, request: RequestInfo, project: Project): Frame {
  if (!isObject(document)) throw new DecodeError("Undecodable: a line of the watch is not an event", { request });
  // What refuses a watch behind a 200 sends the Status by itself.
  if (document["kind"] === "Status" && !("type" in document)) return { type: "ERROR", object: document };
  const { type, object } = document;
  return { type, object: isChange(type) && isObject(object) ? project(object) : object };
}

// A BOOKMARK says what it has to say in its annotations.
function isChange(type: unknown): boolean {
  return type === "ADDED" || type === "MODIFIED" || type === "DELETED";
}
