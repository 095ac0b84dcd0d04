/** What writes and reads objects in protobuf: the exports of `@kubewright/protobuf`, which a page may leave out. */
export interface ProtobufCodec {
  /** @throws for a kind or a field that it does not know */
  encode(object: { readonly apiVersion: string; readonly kind: string }): Uint8Array;
  /** One event of a watch, with its length before it. @throws as encode */
  encodeWatchEvent(
    type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR",
    object: { readonly apiVersion: string; readonly kind: string },
  ): Uint8Array;
  /** @throws for bytes that are no object */
  decode(bytes: Uint8Array): Record<string, unknown>;
}

/** Where it comes from: asked when a request first needs it. */
export type LoadProtobuf = () => ProtobufCodec | Promise<ProtobufCodec>;
