import { SpecError } from "../checks/problems.ts";
import type { ApiSource } from "../load/api-source.ts";
import {
  kindOf,
  type DiscoveredGroupVersion,
  type DiscoveredResource,
  type DiscoveredSubresource,
  type ResponseKind,
} from "../load/discovery.ts";
import type { GroupVersionKind } from "../load/openapi.ts";
import type { ApiOperation } from "../load/operations.ts";
import { connectionOf } from "./connections.ts";
import type { GroupVersion, PatchKinds, Resource, Subresource, Verb } from "./model.ts";
import {
  apiVersionOf,
  groupClientName,
  identifier,
  isBuiltIn,
  kindText,
  moduleOf,
  pascal,
  resourceName,
} from "./names.ts";
import { objectPath } from "./paths.ts";

const verbs: ReadonlySet<string> = new Set([
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
]);

type Operations = ReadonlyMap<string, ApiOperation>;

/** A group-version of the model: what discovery lists, with the kinds of patches that OpenAPI's operations take. */
export function buildGroupVersion(
  found: DiscoveredGroupVersion,
  operations: Operations,
  deprecated: ApiSource["deprecated"],
): GroupVersion {
  const { group, version } = found;
  // A resource without a kind has subresources only; there is nothing a client could hold.
  const resources = found.resources.filter(({ responseKind, verbs: able }) => responseKind?.kind || able.length > 0);
  return {
    group,
    version,
    name: groupClientName(group, version),
    module: moduleOf(group, version),
    resources: resources
      .map((resource) => buildResource(resource, { ...found, resources }, operations, deprecated))
      .toSorted((a, b) => (a.plural < b.plural ? -1 : 1)),
  };
}

function buildResource(
  found: DiscoveredResource,
  { group, version, resources }: DiscoveredGroupVersion,
  operations: Operations,
  deprecated: ApiSource["deprecated"],
): Resource {
  const where = `${apiVersionOf(group, version)} ${found.resource}`;
  const kind = mustHaveKind(found.responseKind, { group, version }, where);
  const place = { group, version, plural: found.resource, namespaced: found.scope === "Namespaced" };
  const connects = (sub: DiscoveredSubresource): boolean =>
    isConnect(sub, kind, operations.get(`GET ${objectPath(place, sub.subresource)}`));
  const subresource = (sub: DiscoveredSubresource): Subresource => {
    const { subresource: name, responseKind, verbs: able } = sub;
    return {
      name,
      kind: mustHaveKind(responseKind, { group, version }, `${where}/${name}`),
      verbs: verbsOf(able, `${where}/${name}`),
      patches: patchesOf(operations.get(`PATCH ${objectPath(place, name)}`), group),
      connection: connectionOf(sub.subresource, kindOf(sub.responseKind, { group, version })),
    };
  };
  return {
    ...place,
    name: resourceName(found.resource, kind.kind),
    clientName: clientName(found, kind, resources),
    kind,
    verbs: verbsOf(found.verbs, where),
    patches: patchesOf(operations.get(`PATCH ${objectPath(place)}`), group),
    singular: found.singularResource,
    shortNames: found.shortNames ?? [],
    categories: found.categories ?? [],
    deprecated: deprecated.get(kindText(kind)),
    subresources: (found.subresources ?? [])
      .filter(
        (sub) =>
          connectionOf(sub.subresource, kindOf(sub.responseKind, { group, version })) !== undefined || !connects(sub),
      )
      .map(subresource)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** `<Kind>Resource`; where a kind is served under several plurals, the others are named by their plural. */
function clientName(found: DiscoveredResource, { kind }: GroupVersionKind, all: readonly DiscoveredResource[]): string {
  const same = all.filter(({ responseKind }) => responseKind?.kind === kind);
  const own = same.length === 1 || found.resource.startsWith(kind.toLowerCase().slice(0, -1));
  return `${own ? identifier(kind) : pascal(resourceName(found.resource, kind))}Resource`;
}

function mustHaveKind(
  found: ResponseKind | undefined,
  groupVersion: Pick<GroupVersion, "group" | "version">,
  where: string,
): GroupVersionKind {
  const kind = kindOf(found, groupVersion);
  if (kind === undefined) throw new SpecError([`Discovery gives no kind for ${where}`]);
  return kind;
}

function verbsOf(found: readonly string[], where: string): Verb[] {
  for (const verb of found) {
    if (!verbs.has(verb)) {
      throw new SpecError([`Discovery gives ${where} the verb "${verb}", which the generator does not know`]);
    }
  }
  return (found as Verb[]).toSorted();
}

/** Proxy, exec and the like are tunnels, no objects: OpenAPI says so, and their kinds hold the options of the tunnel. */
function isConnect(
  { responseKind }: DiscoveredSubresource,
  { kind }: GroupVersionKind,
  get: ApiOperation | undefined,
): boolean {
  if (get?.operation["x-kubernetes-action"] === "connect") return true;
  return responseKind?.kind !== kind && responseKind?.kind?.endsWith("Options") === true;
}

/** From the media types that the patch operation takes; without operations, Kubernetes' own groups take all of them. */
function patchesOf(patch: ApiOperation | undefined, group: string): PatchKinds {
  if (patch === undefined) return { strategic: isBuiltIn(group), apply: true };
  const types = Object.keys(patch.operation.requestBody?.content ?? {});
  return {
    strategic: types.includes("application/strategic-merge-patch+json"),
    apply: types.some((type) => type.startsWith("application/apply-patch")),
  };
}
