/** The path of a group-version: `/api/v1`, `/apis/apps/v1`. */
export function groupVersionPath(group: string, version: string): string {
  return group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** What a resource's paths are made of. */
export interface ResourcePlace {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The path of a collection as OpenAPI writes it; across all namespaces with `allNamespaces`. */
export function collectionPath({ group, version, plural, namespaced }: ResourcePlace, allNamespaces = false): string {
  const namespace = namespaced && !allNamespaces ? "/namespaces/{namespace}" : "";
  return `${groupVersionPath(group, version)}${namespace}/${plural}`;
}

/** The path of one object, or of its subresource. */
export function objectPath(place: ResourcePlace, subresource?: string): string {
  return `${collectionPath(place)}/{name}${subresource === undefined ? "" : `/${subresource}`}`;
}

/** The plural that a path of this group-version is about. */
export function pluralIn(path: string, { group, version }: Pick<ResourcePlace, "group" | "version">): string {
  const rest = path.slice(groupVersionPath(group, version).length + 1);
  return (
    rest
      .replace(/^watch\//, "")
      .replace(/^namespaces\/\{namespace\}\/(?=.)/, "")
      .split("/")[0] ?? ""
  );
}
