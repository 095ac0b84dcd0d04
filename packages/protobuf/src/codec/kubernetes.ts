import { kinds, messages } from "../gen/table.ts";
import { createSchema, type Schema } from "../schema/schema.ts";

/** Every kind of Kubernetes that has a form in protobuf. */
export const kubernetes: Schema = createSchema(messages, kinds);
