import { refName, type JsonSchema } from "../load/openapi.ts";

/** The keys needed in each item of the lists that merge by key; where lists of one item type differ, those they share. */
export function mapKeysOf(drafts: ReadonlyMap<string, { readonly json: JsonSchema }>): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (schema: JsonSchema): void => {
    const ref = schema.items?.$ref ?? schema.items?.allOf?.[0]?.$ref;
    if (schema["x-kubernetes-list-type"] === "map" && ref !== undefined) {
      const item = refName(ref);
      const keys = neededKeys(schema["x-kubernetes-list-map-keys"] ?? [], drafts.get(item)?.json);
      const before = found.get(item);
      found.set(item, before === undefined ? keys : before.filter((key) => keys.includes(key)));
    }
    for (const child of Object.values(schema.properties ?? {})) visit(child);
    for (const child of [schema.items, schema.additionalProperties]) if (typeof child === "object") visit(child);
  };
  for (const { json } of drafts.values()) visit(json);
  return found;
}

/** Keys that the server fills in by a default can be left out, and so can optional ones beside a required one. */
function neededKeys(keys: readonly string[], item: JsonSchema | undefined): readonly string[] {
  const required = keys.filter((key) => item?.required?.includes(key));
  if (required.length > 0) return required.filter((key) => hasNoDefault(item, key));
  return keys.filter((key) => hasNoDefault(item, key));
}

function hasNoDefault(item: JsonSchema | undefined, key: string): boolean {
  const value = item?.properties?.[key]?.default;
  // Go's zero values stand in the document for each required text and number; the server would not fill those in.
  return value === undefined || (item?.required?.includes(key) === true && (value === "" || value === 0));
}
