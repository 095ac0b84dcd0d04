/** What is asked for and sent in protobuf, Kubernetes' own encoding: it costs a server and a client less than JSON. */
export interface EncodingOptions {
  /**
   * `"protobuf"`: every read of built-in kinds and of metadata. `"json"`: none. Default: lists and watches, where it saves most, but
   * no single objects. Custom resources have no protobuf, nor do tables, discovery, logs and `cluster.request()`. What is read is the
   * same either way; a resource in which the server sends what this version does not know is read as JSON.
   */
  readonly read?: "json" | "protobuf" | undefined;
  /**
   * `"protobuf"`: what `create` and `update` send of built-in kinds; `fieldValidation` then has no place beside it, for the server does
   * not look for unknown fields in protobuf. Patches stay JSON. Default `"json"`.
   */
  readonly write?: "json" | "protobuf" | undefined;
}
