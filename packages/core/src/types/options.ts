import type { LabelSelector } from "../gen/meta-v1.ts";

/** As whom a request acts, which the caller must be allowed to do. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation */
export interface Impersonation {
  /** The user to act as. */
  readonly user: string;
  /** The groups to act in. Default: those that the server knows the user by. */
  readonly groups?: readonly string[] | undefined;
  /** The user's uid. Default: none. */
  readonly uid?: string | undefined;
  /** Further attributes of the user, each a list of values. Default: none. */
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Aborts the call; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for the whole call, retries and body included; for `watch` and `log`, until the response's headers.
   * Default: the connection's, else 60,000. `Infinity` means no bound.
   */
  readonly timeoutMs?: number | undefined;
  /** As whom this call acts, instead of the connection's own user or impersonation. */
  readonly impersonate?: Impersonation | undefined;
  /**
   * A bearer token for this call alone, instead of the connection's credentials and impersonation; `impersonate` beside it is asked
   * for by the token's user. The call never goes over a connection that shows a client certificate, and a 401 is not answered with
   * another credential. Default: the connection's credentials. Throws an InputError for what no header can carry.
   */
  readonly token?: string | undefined;
}

/**
 * A label selector: the API's text (`"app=web,tier in (a,b)"`), a plain map of labels that must be equal, or the `LabelSelector`
 * of the API with `matchLabels` and `matchExpressions`.
 */
export type LabelSelectorInput = string | LabelSelector | Readonly<Record<string, string>>;

/** A field selector: the API's text (`"spec.nodeName=n1,status.phase!=Failed"`), or a map of fields that must be equal. */
export type FieldSelectorInput = string | Readonly<Record<string, string>>;

/** How `resourceVersion` is read. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions */
export type ResourceVersionMatch = "Exact" | "NotOlderThan";

/** Options of `get`. */
export interface GetOptions extends CallOptions {
  /** Unset: the newest. `"0"`: anything the server has cached. */
  readonly resourceVersion?: string | undefined;
}

/** What chooses objects. */
export interface SelectorOptions {
  /** Only objects whose labels match. Default: all. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
  readonly labelSelector?: LabelSelectorInput | undefined;
  /** Only objects whose fields match; which fields can be asked for depends on the kind. Default: all. https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/ */
  readonly fieldSelector?: FieldSelectorInput | undefined;
  /** Alpha: a shard of the collection, as the API's shard selector text. */
  readonly shardSelector?: string | undefined;
}

/** Options of `list` and `table`. */
export interface ListOptions extends CallOptions, SelectorOptions {
  /** At most this many items in one answer; the rest follows by `continue`. `resourceVersion: "0"` makes the server ignore it. */
  readonly limit?: number | undefined;
  /** The token of the page before. */
  readonly continue?: string | undefined;
  /** Unset: the newest. `"0"`: anything the server has cached. Else as `resourceVersionMatch` says. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions */
  readonly resourceVersion?: string | undefined;
  /** Needs `resourceVersion`. */
  readonly resourceVersionMatch?: ResourceVersionMatch | undefined;
  /** Seconds after which the server gives up. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Options of `each`: `limit` is the size of a page, 500 by default. `timeoutMs` bounds each page. All pages show the collection
 * as it was at the first; when the server no longer has that state, after five minutes or more, the next page is an `isExpired`
 * error.
 */
export type EachOptions = ListOptions;

/** Options of `watch`. */
export interface WatchOptions extends CallOptions, SelectorOptions {
  /** Where to start. Unset: the newest state, as synthetic ADDED events first. */
  readonly resourceVersion?: string | undefined;
  /** How `resourceVersion` is read; only with `sendInitialEvents`. */
  readonly resourceVersionMatch?: ResourceVersionMatch | undefined;
  /** Ask for BOOKMARK events, which carry only a resourceVersion. Default false. */
  readonly allowWatchBookmarks?: boolean | undefined;
  /** Send the state first, then a bookmark with the annotation `k8s.io/initial-events-end`. Needs `allowWatchBookmarks` and `resourceVersionMatch: "NotOlderThan"`. */
  readonly sendInitialEvents?: boolean | undefined;
  /** Seconds after which the server ends the watch. Default: the server's own, 30 to 60 minutes. */
  readonly timeoutSeconds?: number | undefined;
}

/** What writes have in common. */
export interface WriteOptions extends CallOptions {
  /** `"All"`: do everything but store the result. */
  readonly dryRun?: "All" | undefined;
  /** Who owns the written fields. Default: the connection's, else the application's name. */
  readonly fieldManager?: string | undefined;
  /**
   * What unknown or duplicate fields do: `"Strict"` refuses, `"Warn"` (the server's default) warns, `"Ignore"` drops them in silence.
   * An InputError where `encoding.write` sends the object in protobuf, in which the server does not look for them.
   */
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore" | undefined;
}

/** Options of `create`. */
export type CreateOptions = WriteOptions;

/** Options of `update`. */
export interface UpdateOptions extends WriteOptions {
  /** Replace whatever is there: lets an object without `metadata.resourceVersion` through. Default false. */
  readonly overwrite?: boolean | undefined;
}

/** Options of `patch`. */
export type PatchOptions = WriteOptions;

/** Options of `apply`. */
export interface ApplyOptions extends WriteOptions {
  /** Take over fields that other managers own instead of failing with a conflict. Default false. */
  readonly force?: boolean | undefined;
}

/** Options of `modify`. */
export interface ModifyOptions extends WriteOptions {
  /** How often to try in all, each time from a fresh read, while there are conflicts. Default 5, as client-go's DefaultRetry. */
  readonly attempts?: number | undefined;
}

/** What becomes of the objects that the deleted one owns. */
export type PropagationPolicy = "Foreground" | "Background" | "Orphan";

/** What deleting has in common. */
export interface DeleteBaseOptions extends CallOptions {
  /** `"All"`: check everything, and delete nothing. */
  readonly dryRun?: "All" | undefined;
  /** Seconds before the object goes; 0 at once. Default: the object's own. */
  readonly gracePeriodSeconds?: number | undefined;
  /** What becomes of the objects it owns: deleted before it (`"Foreground"`), after it (`"Background"`), or kept (`"Orphan"`). Default: the resource's own, mostly Background. https://kubernetes.io/docs/concepts/architecture/garbage-collection/ */
  readonly propagationPolicy?: PropagationPolicy | undefined;
  /**
   * True: keep what the object owns; false: delete it.
   * @deprecated Use `propagationPolicy: "Orphan"`.
   */
  readonly orphanDependents?: boolean | undefined;
  /** Delete an object that the server cannot read any more; skips finalizers and may break the cluster. */
  readonly ignoreStoreReadErrorWithClusterBreakingPotential?: boolean | undefined;
}

/** Options of `delete`. */
export interface DeleteOptions extends DeleteBaseOptions {
  /** Delete only if the object still has this uid or resourceVersion; else a conflict. */
  readonly preconditions?:
    | { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined }
    | undefined;
}

/** Options of `deleteCollection`. Without selectors it deletes every object of the namespace or cluster. */
export interface DeleteCollectionOptions extends DeleteBaseOptions, SelectorOptions {
  /** At most this many objects; the answer's `metadata.continue` then leads to the rest. Default: all. */
  readonly limit?: number | undefined;
  /** The `metadata.continue` of the answer before. */
  readonly continue?: string | undefined;
  /** Which state of the collection decides what is deleted. Default: the newest. */
  readonly resourceVersion?: string | undefined;
  /** How `resourceVersion` is read; needs it. */
  readonly resourceVersionMatch?: ResourceVersionMatch | undefined;
  /** Seconds after which the server gives up. */
  readonly timeoutSeconds?: number | undefined;
}

/** Options of `log`. https://kubernetes.io/docs/reference/kubernetes-api/ (Pod, read log) */
export interface LogOptions extends CallOptions {
  /** Needed when the pod has several containers. */
  readonly container?: string | undefined;
  /** Keep the stream open and send lines as they come. Default false. */
  readonly follow?: boolean | undefined;
  /** The log of the container's run before this one. Default false. */
  readonly previous?: boolean | undefined;
  /** Only lines of the last seconds. */
  readonly sinceSeconds?: number | undefined;
  /** Only lines since this time, RFC 3339. */
  readonly sinceTime?: string | undefined;
  /** Begin every line with its RFC 3339 time. Default false. */
  readonly timestamps?: boolean | undefined;
  /** Only this many lines from the end. */
  readonly tailLines?: number | undefined;
  /** Stop after this many bytes, perhaps within a line. */
  readonly limitBytes?: number | undefined;
  /** Which stream: `"All"` (default), `"Stdout"` or `"Stderr"`. Alpha: refused unless the server has the feature gate PodLogsQuerySplitStreams. */
  readonly stream?: "All" | "Stdout" | "Stderr" | undefined;
  /** Do not check the kubelet's certificate between API server and node. Default false. */
  readonly insecureSkipTLSVerifyBackend?: boolean | undefined;
}
