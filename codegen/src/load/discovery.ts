import type { GroupVersionKind } from "./openapi.ts";

/** The kind in a discovery document: an empty version means the group-version that lists the resource. */
export interface ResponseKind {
  /** The group; `""` for the core group. */
  readonly group?: string;
  /** The version. */
  readonly version?: string;
  /** The kind. */
  readonly kind?: string;
}

/** A subresource, as aggregated discovery says it (apidiscovery.k8s.io/v2, APISubresourceDiscovery). */
export interface DiscoveredSubresource {
  /** Its path segment, such as `status`. */
  readonly subresource: string;
  /** The kind that it returns; undefined where it does not return an object. */
  readonly responseKind?: ResponseKind;
  /** What can be done with it. */
  readonly verbs: readonly string[];
}

/** A resource, as aggregated discovery says it (apidiscovery.k8s.io/v2, APIResourceDiscovery). */
export interface DiscoveredResource {
  /** The plural, as in paths. */
  readonly resource: string;
  /** The kind of its objects. */
  readonly responseKind?: ResponseKind;
  /** `Namespaced` or `Cluster`. */
  readonly scope: string;
  /** The singular. */
  readonly singularResource?: string;
  /** What can be done with it. */
  readonly verbs: readonly string[];
  /** Short names, as kubectl takes them. */
  readonly shortNames?: readonly string[] | null;
  /** Groups of resources that it belongs to. */
  readonly categories?: readonly string[] | null;
  /** Its subresources. */
  readonly subresources?: readonly DiscoveredSubresource[];
}

/** An APIGroupDiscoveryList (apidiscovery.k8s.io/v2), the answer of /api and /apis. */
export interface DiscoveryList {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly freshness?: string;
      readonly resources?: readonly DiscoveredResource[];
    }[];
  }[];
}

/** A group-version and what it serves. */
export interface DiscoveredGroupVersion {
  /** `""` for the core group. */
  readonly group: string;
  /** Such as `v1`. */
  readonly version: string;
  /** What it serves. */
  readonly resources: readonly DiscoveredResource[];
}

/** The kind of a resource of this group-version; undefined where discovery gives none. */
export function kindOf(
  found: ResponseKind | undefined,
  { group, version }: Pick<DiscoveredGroupVersion, "group" | "version">,
): GroupVersionKind | undefined {
  if (!found?.kind) return undefined;
  return found.version
    ? { group: found.group ?? "", version: found.version, kind: found.kind }
    : { group, version, kind: found.kind };
}

/** Every group-version of both lists, sorted, so that the order of the server's answer does not matter. */
export function groupVersionsOf(lists: readonly DiscoveryList[]): DiscoveredGroupVersion[] {
  return lists
    .flatMap(({ items }) =>
      items.flatMap(({ metadata, versions }) =>
        versions.map(({ version, resources = [] }) => ({ group: metadata?.name ?? "", version, resources })),
      ),
    )
    .toSorted((a, b) => compare(a.group, b.group) || compare(a.version, b.version));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
