export { kinds, messages } from "../../../packages/protobuf/src/gen/table.ts";
