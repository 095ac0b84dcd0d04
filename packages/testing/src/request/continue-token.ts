import { badRequest } from "../exchange/refusal.ts";

/** Where the next page of a list begins (k8s.io/apiserver pkg/storage/continue.go). */
export interface ContinueToken {
  /** Of the list's snapshot; -1: as it is by then. */
  readonly revision: number;
  /** The first key that may stand in the page. */
  readonly startKey: string;
}

/** A token as text. */
export function writeContinue({ revision, startKey }: ContinueToken): string {
  const token = JSON.stringify({ v: "meta.k8s.io/v1", rv: revision, start: startKey });
  return btoa(unescape(encodeURIComponent(token)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Reads one. @throws Refusal for a text that is none */
export function readContinue(text: string): ContinueToken {
  const fail = (why: string): never => {
    throw badRequest(`invalid continue token: ${why}`);
  };
  let token: { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown };
  try {
    token = JSON.parse(
      decodeURIComponent(escape(atob(text.replaceAll("-", "+").replaceAll("_", "/")))),
    ) as typeof token;
  } catch (error) {
    return fail(`continue key is not valid: ${String(error)}`);
  }
  const { v, rv, start } = token;
  if (v !== "meta.k8s.io/v1")
    fail(`continue key is not valid: server does not recognize this encoded version ${String(v)}`);
  if (typeof rv !== "number" || rv === 0)
    return fail("continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
  if (typeof start !== "string" || start === "")
    return fail("continue key is not valid: encoded start key empty (version meta.k8s.io/v1)");
  return { revision: rv, startKey: start };
}
