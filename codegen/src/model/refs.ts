import { refName, type JsonSchema } from "../load/openapi.ts";

/** The full names that a schema refers to. */
export function refsOf(schema: JsonSchema): string[] {
  const { $ref, allOf = [], anyOf = [], oneOf = [], properties = {}, items, additionalProperties } = schema;
  const children = [...allOf, ...anyOf, ...oneOf, ...Object.values(properties), items, additionalProperties];
  const own = $ref === undefined ? [] : [refName($ref)];
  return [...own, ...children.flatMap((child) => (typeof child === "object" ? refsOf(child) : []))];
}
