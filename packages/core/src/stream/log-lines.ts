import { OBJECT_LIMIT } from "../bytes/body.ts";
import { createLineSplitter } from "../bytes/lines.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import type { ApiResponse } from "../transport/transport.ts";

/** Lines of a log that came together, without their line ends. */
export interface LogLines {
  /** In their order; none where a chunk ends no line. */
  readonly lines: readonly string[];
  /** True for the one text at the end of the body that has no line end: perhaps only the beginning of a line. */
  readonly cut: boolean;
}

/**
 * The lines of a log as they arrive. Ceiling of a line 32 MiB.
 *
 * @throws StatusError for 204, which the API server answers for a pod that is on no node: an empty log would be a lie
 */
export async function* logLines(response: ApiResponse, request: RequestInfo): AsyncGenerator<LogLines, undefined> {
  if (response.status === 204) {
    response.discard();
    throw new StatusError({ message: "the pod is on no node yet" }, 204, { request });
  }
  const splitter = createLineSplitter(OBJECT_LIMIT, "the log line", { request });
  for await (const chunk of response.body) yield { lines: splitter.push(chunk), cut: false };
  const rest = splitter.flush();
  if (rest !== undefined) yield { lines: [rest], cut: true };
}
