/** One watch that a page asks its proxy for, as an item of the JSON list that it posts to `~watch`. */
export interface WatchRequest {
  /** Chosen by who asks; stands before the version in the `id` of each event. Letters, digits, `-` and `_`, at most 64. */
  readonly id: string;
  /** Encoded path of the collection below the API server's address, such as `/api/v1/namespaces/shop/pods`. */
  readonly path: string;
  /** Encoded query without `?`: `labelSelector` and `fieldSelector`; `""` for none. */
  readonly query: string;
  /** Asks only for what is newer than this version. Default: what exists first. */
  readonly resourceVersion?: string | undefined;
  /** Asks for the metadata of objects alone, as PartialObjectMetadata. Default false. */
  readonly metadataOnly?: boolean | undefined;
}

/** What is posted beside a running stream: what it tells from now on, and what no longer. */
export interface WatchChanges {
  readonly add?: readonly WatchRequest[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** Below the prefix of a proxy: posted to, it answers with the stream; with `/` and the stream's name behind it, it takes changes. */
export const watchPath = "/~watch";

/** The response header that names a stream. */
export const streamHeader = "kubewright-stream";

/** The request header that no form and no foreign page can set without being asked for: a proxy wants it with all but GET and HEAD. */
export const pageHeader = "kubewright-page";
