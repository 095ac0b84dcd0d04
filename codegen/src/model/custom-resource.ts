import type { GroupVersionKind, JsonSchema } from "../load/openapi.ts";
import { isBuiltIn } from "./names.ts";
import { refsOf } from "./refs.ts";
import { objectMeta } from "./special-schemas.ts";

/**
 * True for the schema of a custom resource, which a CustomResourceDefinition says, not a Go type: its full name is made of the kind,
 * and it refers to the metadata of every object and to nothing else, without the empty default that Go's have.
 */
export function isCustomResource(fullName: string, schema: JsonSchema): boolean {
  const [found, ...more] = schema["x-kubernetes-group-version-kind"] ?? [];
  if (found === undefined || more.length > 0 || isBuiltIn(found.group)) return false;
  if (fullName !== customResourceName(found) || schema.properties?.["metadata"]?.default !== undefined) return false;
  return refsOf(schema).every((name) => name === objectMeta);
}

/** The full name of a custom resource's schema, as the API server makes it: the group reversed, version, kind. */
export function customResourceName({ group, version, kind }: GroupVersionKind): string {
  return `${group.split(".").toReversed().join(".")}.${version}.${kind}`;
}
