import { refName, type JsonSchema } from "../load/openapi.ts";

/**
 * The full names of the schemas whose objects come back with fields that a writer may have left out, in themselves or in what they
 * hold: there is a second interface for each.
 */
export function filledSchemas(
  drafts: ReadonlyMap<string, { readonly json: JsonSchema; readonly custom: boolean }>,
): Set<string> {
  const found = new Set<string>();
  let before: number;
  do {
    before = found.size;
    for (const [fullName, { json, custom }] of drafts) {
      if (custom && (isFilled(json) || Object.values(json.properties ?? {}).some((child) => leadsTo(child, found)))) {
        found.add(fullName);
      }
    }
  } while (found.size > before);
  return found;
}

function isFilled(json: JsonSchema): boolean {
  return json["x-kubewright-filled"] !== undefined;
}

/** True where a property holds one of these schemas, or a list or map of it. */
export function leadsTo(schema: JsonSchema, schemas: ReadonlySet<string>): boolean {
  const refs = [schema.$ref, ...(schema.allOf ?? []).map(({ $ref }) => $ref)];
  if (refs.some((ref) => ref !== undefined && schemas.has(refName(ref)))) return true;
  return [schema.items, schema.additionalProperties].some(
    (child) => typeof child === "object" && leadsTo(child, schemas),
  );
}
