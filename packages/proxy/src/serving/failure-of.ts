import { isKubeError, isStatusError } from "@kubewright/core";
import { Refusal } from "../request/refusal.ts";

/**
 * What a page is told where the API server gave no answer of its own; the cause, which may name addresses and files, is for whoever
 * runs the proxy.
 */
export function failureOf(cause: unknown): Refusal {
  if (cause instanceof Refusal) return cause;
  if (isStatusError(cause))
    return new Refusal(
      502,
      "the API server does not take the proxy's credentials; whoever runs the proxy must renew them",
      { cause },
    );
  const [code, message] = words[isKubeError(cause) ? cause.name : ""] ?? [500, "the proxy failed"];
  return new Refusal(code, message, { cause });
}

const words: Readonly<Record<string, readonly [number, string]>> = {
  AuthError: [502, "the proxy could not get its credentials for the cluster"],
  ConfigError: [502, "the proxy is not set up for the cluster"],
  ConnectionError: [502, "the API server cannot be reached, or broke the connection"],
  DecodeError: [502, "what answered is no API server"],
  InputError: [400, "the request cannot be sent on as it is"],
  LimitError: [502, "the answer of the API server is too large"],
  RedirectError: [502, "the API server answered with a redirect, which is never followed"],
  TimeoutError: [504, "the API server did not answer in time"],
};
