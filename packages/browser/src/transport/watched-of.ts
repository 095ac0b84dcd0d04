import type { ApiRequest } from "@kubewright/core";
import type { Watched } from "../events/watches.ts";

/** What the request of a watch asks for. */
export interface AskedWatch {
  readonly watched: Watched;
  /** Whether bookmarks are told. */
  readonly bookmarks: boolean;
  /** Whether the bookmark that ends what exists is told. */
  readonly endOfInitialEvents: boolean;
  /** After how many seconds it ends; undefined: never. */
  readonly timeoutSeconds: number | undefined;
}

/** Parameters that choose what is watched; they go along. */
const selectors = ["labelSelector", "fieldSelector"] as const;
/** Parameters that are seen to here, or mean nothing to a watch. */
const others: readonly string[] = [
  "watch",
  "pretty",
  "resourceVersion",
  "resourceVersionMatch",
  "allowWatchBookmarks",
  "sendInitialEvents",
  "timeoutSeconds",
];

/** What is asked for, where a subscription can say it; undefined: it must be sent as the plain watch that it is. */
export function askedWatch({ path, query, headers }: ApiRequest): AskedWatch | undefined {
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  const known: readonly string[] = [...selectors, ...others];
  // Such as an Authorization header: who asks is not who the connection is.
  const { accept = [], ...more } = headers;
  if (Object.keys(more).length > 0 || names.some((name) => !known.includes(name))) return undefined;
  const shape = /;\s*as=(\w+)/.exec(accept.join())?.[1];
  if (shape !== undefined && shape !== "PartialObjectMetadata") return undefined;

  const version = parameters.get("resourceVersion") ?? "";
  const initial = parameters.get("sendInitialEvents");
  const anew = version === "" || version === "0";
  // What exists at a version or later; and only what happens from now on.
  if ((initial === "true" && !anew) || (initial === "false" && anew)) return undefined;
  const chosen = new URLSearchParams();
  for (const name of selectors) {
    const value = parameters.get(name);
    if (value !== null) chosen.set(name, value);
  }
  const seconds = Number(parameters.get("timeoutSeconds") ?? 0);
  return {
    watched: {
      path,
      query: chosen.toString(),
      ...(anew ? undefined : { resourceVersion: version }),
      ...(shape === undefined ? undefined : { metadataOnly: true }),
    },
    bookmarks: parameters.get("allowWatchBookmarks") === "true",
    endOfInitialEvents: initial === "true",
    timeoutSeconds: seconds > 0 ? seconds : undefined,
  };
}
