import type { RecordedCollection } from "../recording.ts";

/** A refusal as the API server words it. */
export interface Refusal {
  readonly status: number;
  readonly retryAfter?: number;
  /** The Status of a failure, or a page's text. */
  readonly says: Said | string;
}

/** A Status, as far as failures have it; what is undefined is left out. */
export interface Said {
  readonly metadata: { readonly continue?: string };
  readonly message: string;
  readonly reason: string | undefined;
  readonly details: Details | undefined;
  readonly code: number;
}

export interface Details {
  readonly group?: string;
  readonly kind?: string;
  readonly causes?: readonly { readonly reason: string; readonly message: string; readonly field?: string }[];
  readonly retryAfterSeconds?: number;
}

interface Given {
  readonly metadata?: Said["metadata"];
  readonly reason?: string;
  readonly details?: Details;
  readonly retryAfter?: number;
}

/** The Status of a failure. */
export function refusal(status: number, message: string, given: Given = {}): Refusal {
  const { metadata = {}, reason, details, retryAfter } = given;
  const says = { metadata, message, reason, details, code: status };
  return { status, says, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** 410 of a list at a version that is forgotten. */
export const tooOldForList: Refusal = refusal(410, "The resourceVersion for the provided list is too old.", {
  reason: "Expired",
});

/** 410 of a page whose version is forgotten; `rest` is the token that leads on without it. */
export function tooOldForPage(rest: string): Refusal {
  const message =
    "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
  return refusal(410, message, { metadata: { continue: rest }, reason: "Expired" });
}

/** 410 of a watch, from etcd. */
export const tooOldForWatch: Refusal = refusal(410, "The resourceVersion for the provided watch is too old.", {
  reason: "Expired",
});

/** 410 of a watch, from a watch cache that began at `since`. */
export function olderThanCache(version: number, since: number): Refusal {
  return refusal(410, `too old resource version: ${version} (${since})`, { reason: "Expired" });
}

/** 504 of a list at a version that is still to come; a watch cache says when to ask again. */
export function tooLarge(version: number, current: number, cached: boolean): Refusal {
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  return refusal(504, `Timeout: Too large resource version: ${version}, current: ${current}`, {
    reason: "Timeout",
    details: { causes, ...(cached ? { retryAfterSeconds: 1 } : {}) },
    ...(cached ? { retryAfter: 1 } : {}),
  });
}

/** What `resourceVersion` says is no number: the sentence that 400 (list) and 500 (watch) have in common. */
export function noVersion(version: string): string {
  return `resourceVersion: Invalid value: ${JSON.stringify(version)}: strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`;
}

/** 422 for parameters that do not go together, or that the server does not serve. */
export function forbiddenParameter(field: string, why: string): Refusal {
  return refusal(422, `ListOptions.meta.k8s.io "" is invalid: ${field}: Forbidden: ${why}`, {
    reason: "Invalid",
    details: {
      group: "meta.k8s.io",
      kind: "ListOptions",
      causes: [{ reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field }],
    },
  });
}

export function forbiddenMatch(why: string): Refusal {
  return forbiddenParameter("resourceVersionMatch", why);
}

/** 422 of a server that cannot begin a watch with the collection. */
export const noWatchList: Refusal = forbiddenParameter(
  "sendInitialEvents",
  "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled",
);

export const unauthorized: Refusal = refusal(401, "Unauthorized", { reason: "Unauthorized" });
export const notFound: Refusal = refusal(404, "the server could not find the requested resource", {
  reason: "NotFound",
  details: {},
});
/** 404 of a resource that a definition would have to bring. */
export const pageNotFound: Refusal = { status: 404, says: "404 page not found\n" };
export const tooManyRequests: (seconds: number) => Refusal = (seconds) =>
  refusal(429, "Too many requests, please try again later.", { reason: "TooManyRequests", retryAfter: seconds });
export const internalError: Refusal = refusal(500, "Internal error occurred: etcdserver: request timed out", {
  reason: "InternalError",
});
export const unavailable: Refusal = refusal(503, "apiserver is shutting down", { reason: "ServiceUnavailable" });

/** 403 for somebody without rights. */
export function forbidden({ group, plural, namespace }: RecordedCollection, user: string): Refusal {
  const what = group === "" ? plural : `${plural}.${group}`;
  const message = `${what} is forbidden: User "${user}" cannot list resource "${plural}" in API group "${group}" in the namespace "${namespace}"`;
  const details = { ...(group === "" ? {} : { group }), kind: plural };
  return refusal(403, message, { reason: "Forbidden", details });
}
