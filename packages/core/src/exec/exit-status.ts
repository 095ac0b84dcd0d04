import { joinBytes } from "../bytes/body.ts";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { RunExit } from "../types/pod-run.ts";

/** How a command ended, or the error that it could not be run. */
export type Outcome = { readonly exit: RunExit } | { readonly error: Error };

/** Reads the Status at the end of a session from what comes of it. */
export interface ExitStatus {
  /** The outcome, once it is all there. Nothing may be pushed after it. */
  push(data: Uint8Array): Outcome | undefined;
  /** The connection ended: the outcome of what came; undefined for nothing. */
  end(): Outcome | undefined;
}

/** A Status has some hundred bytes. */
const mostBytes = 1024 * 1024;

/** It comes in one message; whoever cuts it up into many is not worth parsing what came after each. */
const mostAttempts = 16;

export function createExitStatus(request: RequestInfo): ExitStatus {
  const parts: Uint8Array[] = [];
  let size = 0;
  const read = (): Outcome | undefined => outcomeOf(joinBytes(parts), request);
  return {
    push(data) {
      size += data.byteLength;
      if (size > mostBytes) return { error: new LimitError("the exit status", mostBytes, { request }) };
      parts.push(data);
      return parts.length <= mostAttempts ? read() : undefined;
    },
    end() {
      if (size === 0) return undefined;
      return read() ?? { error: new DecodeError("Undecodable: the exit status is not a Status in JSON", { request }) };
    },
  };
}

/** Undefined for what is not, or not yet, a Status. */
function outcomeOf(bytes: Uint8Array, request: RequestInfo): Outcome | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  const status = Object(value) as Status;
  if (status.status === "Success") return { exit: { exitCode: 0 } };
  if (status.status !== "Failure") return undefined;
  const exitCode = exitCodeOf(status);
  if (exitCode !== undefined) return { exit: { exitCode } };
  return { error: new StatusError(status, status.code ?? 500, { request }) };
}

/** k8s.io/client-go tools/remotecommand/v4.go, errorDecoderV4. */
function exitCodeOf({ reason, details }: Status): number | undefined {
  if (reason !== "NonZeroExitCode" || !Array.isArray(details?.causes)) return undefined;
  const cause = details.causes.find((one) => one?.reason === "ExitCode");
  const text = cause?.message;
  return typeof text === "string" && /^-?\d{1,10}$/.test(text) ? Number(text) : undefined;
}
