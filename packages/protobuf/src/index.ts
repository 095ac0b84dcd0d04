export { decode, protobuf } from "./protobuf.ts";
