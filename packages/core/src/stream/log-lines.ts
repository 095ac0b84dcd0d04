import { OBJECT_LIMIT } from "../bytes/body.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { createLineSplitter } from "../bytes/lines.ts";

/** The lines of a log without their line ends; a last line without one counts too. Ceiling of a line 32 MiB. */
export async function* logLines(response: ApiResponse, request: RequestInfo): AsyncGenerator<string, undefined> {
  const splitter = createLineSplitter(OBJECT_LIMIT, "the log line", { request });
  for await (const chunk of response.body) yield* splitter.push(chunk);
  const rest = splitter.flush();
  if (rest !== undefined) yield rest;
}
