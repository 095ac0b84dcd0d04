import { DecodeError, type RequestInfo } from "@kubewright/core";
import { Malformed } from "../decode/malformed.ts";

/** What an error while decoding is to callers. */
export function asDecodeError(error: unknown, request: RequestInfo | undefined): unknown {
  if (!(error instanceof Error)) return error;
  const why = error instanceof Malformed ? error.message : readerProblem(error);
  if (why === undefined) return error;
  return new DecodeError(`Undecodable: the body is not valid protobuf: ${why}`, { request });
}

/** The Reader's own errors are plain ones, and say too much of where and too little of what. */
function readerProblem({ constructor }: Error): string | undefined {
  return constructor === RangeError || constructor === Error
    ? "it ends within a field, or a number in it has too many bytes"
    : undefined;
}
