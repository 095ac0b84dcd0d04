import { customResourceName } from "../model/custom-resource.ts";
import { referredSchemas } from "../model/kubernetes-schemas.ts";
import { kindText } from "../model/names.ts";
import { groupVersionPath } from "../model/paths.ts";
import { conventions, listMeta, objectMeta } from "../model/special-schemas.ts";
import type { ApiSource } from "./api-source.ts";
import type { DiscoveredResource, DiscoveredSubresource, DiscoveryList } from "./discovery.ts";
import { groupVersionsOf } from "./discovery.ts";
import { refTo, type GroupVersionKind, type JsonSchema, type OpenApiDocument } from "./openapi.ts";

/** A CustomResourceDefinition, as far as it says what is served. */
export interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: {
      readonly plural: string;
      readonly kind: string;
      readonly listKind?: string;
      readonly singular?: string;
      readonly shortNames?: readonly string[];
      readonly categories?: readonly string[];
    };
    readonly versions: readonly CrdVersion[];
  };
}

interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema?: { readonly openAPIV3Schema?: JsonSchema };
  readonly subresources?: { readonly status?: object; readonly scale?: object };
}

/** `widgets.example.com`. */
export function definitionName({ spec }: CustomResourceDefinition): string {
  return `${spec.names.plural}.${spec.group}`;
}

/** What of a definition types are made of; in everything else copies of it may differ. */
export function servedBy({ spec }: CustomResourceDefinition): object {
  const { group, scope, names, versions } = spec;
  return { group, scope, names, versions: versions.filter(({ served }) => served) };
}

/** The kinds that should not be used any more, and why: in the definition's words, else in those of the API server's warning. */
export function deprecatedKinds({ spec }: CustomResourceDefinition): [kind: string, warning: string][] {
  return spec.versions.flatMap(({ name: version, served, deprecated, deprecationWarning }): [string, string][] => {
    if (!served || deprecated !== true) return [];
    const kind = kindText({ group: spec.group, version, kind: spec.names.kind });
    return [[kind, deprecationWarning ?? `${kind} is deprecated`]];
  });
}

const allVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const partVerbs = ["get", "patch", "update"];

/** What an API server that has these definitions would say of them. */
export function sourceOfCrds(crds: readonly CustomResourceDefinition[]): ApiSource {
  const documents = new Map<string, OpenApiDocument>([["referred", { components: { schemas: referredSchemas } }]]);
  const items: DiscoveryList["items"][number][] = [];
  const groups = new Map<string, Map<string, DiscoveredResource[]>>();
  for (const crd of crds) {
    const { group } = crd.spec;
    for (const version of crd.spec.versions.filter(({ served }) => served)) {
      const versions = groups.get(group) ?? new Map<string, DiscoveredResource[]>();
      groups.set(group, versions);
      versions.set(version.name, [...(versions.get(version.name) ?? []), resourceOf(crd, version)]);
      const path = groupVersionPath(group, version.name).slice(1);
      const schemas = { ...documents.get(path)?.components?.schemas, ...schemasOf(crd, version) };
      documents.set(path, { components: { schemas } });
    }
  }
  for (const [name, versions] of groups) {
    const served = [...versions].map(([version, resources]) => ({ version, resources }));
    items.push({ metadata: { name }, versions: served });
  }
  const discovered = groupVersionsOf([{ items }]);
  return {
    discovered,
    groupVersions: discovered,
    documents,
    deprecated: new Map(crds.flatMap(deprecatedKinds)),
    places: new Map(),
    problems: [],
    hasOperations: false,
  };
}

function resourceOf({ spec }: CustomResourceDefinition, { name, subresources = {} }: CrdVersion): DiscoveredResource {
  const { plural, kind, singular = kind.toLowerCase(), shortNames = [], categories = [] } = spec.names;
  const own = { group: spec.group, version: name, kind };
  const found: DiscoveredSubresource[] = [];
  if (subresources.status) found.push({ subresource: "status", responseKind: own, verbs: partVerbs });
  if (subresources.scale) {
    const scale = { group: "autoscaling", version: "v1", kind: "Scale" };
    found.push({ subresource: "scale", responseKind: scale, verbs: partVerbs });
  }
  return {
    resource: plural,
    responseKind: own,
    scope: spec.scope,
    singularResource: singular,
    verbs: allVerbs,
    shortNames,
    categories,
    subresources: found,
  };
}

/** The kind and its list, named as the API server names them. */
function schemasOf(
  { spec }: CustomResourceDefinition,
  { name: version, schema }: CrdVersion,
): Record<string, JsonSchema> {
  const { group, names } = spec;
  const { plural, kind, listKind = `${kind}List` } = names;
  const itemName = customResourceName({ group, version, kind });
  const given = schema?.openAPIV3Schema ?? {};
  const item = {
    ...given,
    properties: {
      ...given.properties,
      ...typeMeta,
      metadata: reference(objectMeta, `Standard object's metadata. ${conventions("metadata")}`),
    },
    ...kindOf({ group, version, kind }),
  };
  const list: JsonSchema = {
    description: `${listKind} is a list of ${kind}`,
    type: "object",
    required: ["items"],
    properties: {
      ...typeMeta,
      metadata: reference(listMeta, `Standard list metadata. ${conventions("types-kinds")}`),
      items: {
        description: `List of ${plural}. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md`,
        type: "array",
        items: { $ref: refTo(itemName) },
      },
    },
    ...kindOf({ group, version, kind: listKind }),
  };
  return { [itemName]: item, [customResourceName({ group, version, kind: listKind })]: list };
}

const typeMeta: Record<string, JsonSchema> = { apiVersion: { type: "string" }, kind: { type: "string" } };

function reference(fullName: string, description: string): JsonSchema {
  return { description, allOf: [{ $ref: refTo(fullName) }] };
}

function kindOf(kind: GroupVersionKind): JsonSchema {
  return { "x-kubernetes-group-version-kind": [kind] };
}
