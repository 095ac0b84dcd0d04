import { SpecError } from "../checks/problems.ts";
import type { ApiSource } from "../load/api-source.ts";
import type {
  DiscoveredGroupVersion,
  DiscoveredResource,
  DiscoveredSubresource,
  ResponseKind,
} from "../load/discovery.ts";
import { mergeSchemas } from "../load/merge-schemas.ts";
import type { GroupVersionKind } from "../load/openapi.ts";
import { operationsOf, type ApiOperation } from "../load/operations.ts";
import { buildSchemas } from "./build-schemas.ts";
import type { GroupVersion, Model, PatchKinds, Resource, Schema, Subresource, Verb } from "./model.ts";
import { apiVersionOf, kindText, groupClientName, isBuiltIn, moduleOf, pascal, resourceName } from "./names.ts";
import { ownerRule } from "./owners.ts";
import { objectPath, type ResourcePlace } from "./paths.ts";

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

/**
 * Builds the model of everything the source holds. A schema that is not written, because kubewright ships it, may differ
 * between documents: other API servers hold other versions of it.
 */
export function buildModel(source: ApiSource, isShipped: (fullName: string) => boolean = () => false): Model {
  const operations = operationsOf(source.documents);
  const merged = mergeSchemas(source.documents, (fullName) => !isShipped(fullName));
  const groupVersions = source.groupVersions.map((found) => groupVersionOf(found, operations));
  const schemas = buildSchemas(merged, groupVersions, ownerRule(merged));
  const byKind = new Map<string, Schema>();
  for (const [fullName, schema] of schemas) {
    const kinds = merged.get(fullName)?.["x-kubernetes-group-version-kind"] ?? [];
    if (kinds.length === 1) byKind.set(kindText(kinds[0]!), schema);
  }
  return {
    origin: source.origin,
    groupVersions,
    schemas,
    schemaOf(kind) {
      const schema = byKind.get(kindText(kind));
      if (schema === undefined)
        throw new SpecError([`Discovery names the kind ${kindText(kind)}, but no OpenAPI schema has it`]);
      return schema;
    },
  };
}

function groupVersionOf({ group, version, resources }: DiscoveredGroupVersion, operations: Operations): GroupVersion {
  const kindOf = (found: ResponseKind | undefined, where: string): GroupVersionKind => {
    if (found?.kind === undefined || found.kind === "") throw new SpecError([`Discovery gives no kind for ${where}`]);
    // An empty version stands for the group-version that lists the resource.
    return found.version
      ? { group: found.group ?? "", version: found.version, kind: found.kind }
      : { group, version, kind: found.kind };
  };
  // A resource without a kind has subresources only; there is nothing a client could hold.
  const served = resources.filter(({ responseKind, verbs: able }) => responseKind?.kind || able.length > 0);
  return {
    group,
    version,
    name: groupClientName(group, version),
    module: moduleOf(group, version),
    resources: served
      .map((found): Resource => {
        const place: ResourcePlace = {
          group,
          version,
          plural: found.resource,
          namespaced: found.scope === "Namespaced",
        };
        const where = `${apiVersionOf(group, version)} ${found.resource}`;
        const kind = kindOf(found.responseKind, where);
        return {
          group,
          version,
          plural: found.resource,
          name: resourceName(found.resource, kind.kind),
          clientName: clientName(found, kind, served),
          kind,
          namespaced: place.namespaced,
          verbs: verbsOf(found.verbs, where),
          patches: patchesOf(operations.get(`PATCH ${objectPath(place)}`), group),
          singular: found.singularResource,
          shortNames: found.shortNames ?? [],
          categories: found.categories ?? [],
          subresources: (found.subresources ?? [])
            .filter((sub) => !isConnect(sub, operations, place))
            .map((sub): Subresource => ({
              name: sub.subresource,
              kind: kindOf(sub.responseKind, `${where}/${sub.subresource}`),
              verbs: verbsOf(sub.verbs, `${where}/${sub.subresource}`),
              patches: patchesOf(operations.get(`PATCH ${objectPath(place, sub.subresource)}`), group),
            }))
            .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        };
      })
      .toSorted((a, b) => (a.plural < b.plural ? -1 : 1)),
  };
}

/** `<Kind>Resource`; where a kind is served under several plurals, the others are named by their plural. */
function clientName(found: DiscoveredResource, { kind }: GroupVersionKind, all: readonly DiscoveredResource[]): string {
  const same = all.filter(({ responseKind }) => responseKind?.kind === kind);
  const own = same.length === 1 || found.resource.startsWith(kind.toLowerCase().slice(0, -1));
  return `${pascal(own ? kind : resourceName(found.resource, kind))}Resource`;
}

function verbsOf(found: readonly string[], where: string): Verb[] {
  for (const verb of found) {
    if (!verbs.has(verb))
      throw new SpecError([`Discovery gives ${where} the verb "${verb}", which the generator does not know`]);
  }
  return (found as Verb[]).toSorted();
}

/** Proxy, exec and the like: the request is no API object but a tunnel. */
function isConnect(sub: DiscoveredSubresource, operations: Operations, place: ResourcePlace): boolean {
  const path = objectPath(place, sub.subresource);
  const actions = ["GET", "POST"].map(
    (method) => operations.get(`${method} ${path}`)?.operation["x-kubernetes-action"],
  );
  return actions.includes("connect") || sub.responseKind?.kind?.endsWith("Options") === true;
}

/** From the media types that the patch operation takes; a group without operations is a custom one. */
function patchesOf(patch: ApiOperation | undefined, group: string): PatchKinds {
  if (patch === undefined) return { strategic: isBuiltIn(group), apply: true };
  const types = Object.keys(patch.operation.requestBody?.content ?? {});
  return {
    strategic: types.includes("application/strategic-merge-patch+json"),
    apply: types.some((type) => type.startsWith("application/apply-patch")),
  };
}
