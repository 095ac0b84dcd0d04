export { decode, protobuf } from "./protobuf.ts";
export { createSchema } from "./schema/schema.ts";
