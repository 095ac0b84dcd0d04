export { decode, protobuf } from "./protobuf.ts";
export { encode } from "./codec/encode.ts";
export type { Encodable } from "./codec/encode.ts";
export { encodeWatchEvent } from "./codec/encode-watch-event.ts";
