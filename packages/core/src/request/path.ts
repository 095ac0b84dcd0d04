import { InputError } from "../errors/input-error.ts";
import type { ResourceDescriptor } from "../types/descriptor.ts";
import { asText, encodeText } from "./text.ts";

// A slash, a percent sign, a control character.
// eslint-disable-next-line no-control-regex
const notInNames = /[/%\u0000-\u001f\u007f]/;

/**
 * One path segment, encoded. The API server allows any name but `.`, `..` and those with `/` or `%`
 * (k8s.io/apimachinery pkg/api/validation/path); those, empty ones and control characters are refused, since they would aim at
 * another path. Everything else is percent-encoded and reaches the server as it is.
 */
export function pathSegment(value: string, field: string): string {
  if (asText(value, field) === "") throw new InputError(field, "it is empty, which would aim at the whole collection");
  if (value === "." || value === "..") throw new InputError(field, `"${value}" would aim at another path`);
  const [wrong] = notInNames.exec(value) ?? [];
  if (wrong !== undefined) throw new InputError(field, `it must not hold ${JSON.stringify(wrong)}`);
  return encodeText(value, field);
}

/** Stands for the namespace of a connection whose configuration is not read yet. */
export const lateNamespace: unique symbol = Symbol("the connection's namespace");

/** How it stands in a path until then; no encoded segment holds braces. */
const placeholder = "{namespace}";

/** Whether a path lacks its namespace. */
export function isLate(path: string): boolean {
  return path.includes(placeholder);
}

/** The path with the namespace in its place. */
export function inNamespace(path: string, namespace: string): string {
  return path.replace(placeholder, () => pathSegment(namespace, "namespace"));
}

/** The path of a resource's collection, of an object in it, or of an object's subresource. */
export function resourcePath(
  resource: ResourceDescriptor,
  namespace: string | typeof lateNamespace | undefined,
  name?: string,
  subresource?: string,
): string {
  let path = `${groupVersionPath(resource.group, resource.version)}/`;
  if (namespace === lateNamespace) path += `namespaces/${placeholder}/`;
  else if (namespace !== undefined) path += `namespaces/${pathSegment(namespace, "namespace")}/`;
  path += pathSegment(resource.plural, "plural");
  if (name !== undefined) path += `/${pathSegment(name, "name")}`;
  if (subresource !== undefined) path += `/${pathSegment(subresource, "subresource")}`;
  return path;
}

/** The path of a group-version: `/api/v1` for the core group, else `/apis/<group>/<version>`. */
export function groupVersionPath(group: string, version: string): string {
  const segment = pathSegment(version, "version");
  return group === "" ? `/api/${segment}` : `/apis/${pathSegment(group, "group")}/${segment}`;
}

/** `v1`, or `apps/v1`. */
export function apiVersionOf(resource: { readonly group: string; readonly version: string }): string {
  return resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
}
