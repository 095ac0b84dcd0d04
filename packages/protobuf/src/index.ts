export { createSchema } from "./schema/schema.ts";
