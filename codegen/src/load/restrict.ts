import { isBuiltIn } from "../model/names.ts";
import { groupVersionPath, pluralIn } from "../model/paths.ts";
import type { ApiSource } from "./api-source.ts";
import { kindOf, type DiscoveredGroupVersion, type DiscoveredResource } from "./discovery.ts";
import type { OpenApiDocument } from "./openapi.ts";

/**
 * The source without all but these group-versions, each with these of its resources: modules as if the API served no more. The
 * documents of Kubernetes' own groups stay, for they hold each other's schemas.
 */
export function restrict(source: ApiSource, chosen: readonly DiscoveredGroupVersion[]): ApiSource {
  const before = new Map(source.groupVersions.map((one) => [pathOf(one), one]));
  const after = new Map(chosen.map((one) => [pathOf(one), one]));
  const documents = new Map<string, OpenApiDocument>();
  for (const [path, document] of source.documents) {
    const [was, is] = [before.get(path), after.get(path)];
    if (is !== undefined) documents.set(path, withoutResources(document, is, dropped(was ?? is, is)));
    else if (was === undefined || isBuiltIn(was.group)) documents.set(path, document);
  }
  return { ...source, documents, groupVersions: chosen };
}

function pathOf({ group, version }: DiscoveredGroupVersion): string {
  return groupVersionPath(group, version).slice(1);
}

function dropped(before: DiscoveredGroupVersion, { resources }: DiscoveredGroupVersion): DiscoveredResource[] {
  return before.resources.filter(({ resource }) => !resources.some((kept) => kept.resource === resource));
}

function withoutResources(
  { paths = {}, components }: OpenApiDocument,
  groupVersion: DiscoveredGroupVersion,
  resources: readonly DiscoveredResource[],
): OpenApiDocument {
  if (resources.length === 0) return { paths, ...(components === undefined ? {} : { components }) };
  const plurals = new Set(resources.map(({ resource }) => resource));
  const kinds = new Set(
    resources.flatMap(({ responseKind }) => {
      const kind = kindOf(responseKind, groupVersion)?.kind;
      return kind === undefined ? [] : [kind, `${kind}List`];
    }),
  );
  // What another resource still needs stays.
  for (const { responseKind } of groupVersion.resources) kinds.delete(responseKind?.kind ?? "");
  const prefix = `${groupVersionPath(groupVersion.group, groupVersion.version)}/`;
  const schemas = Object.entries(components?.schemas ?? {}).filter(([, schema]) => {
    const [kind, ...more] = schema["x-kubernetes-group-version-kind"] ?? [];
    return kind === undefined || more.length > 0 || !kinds.has(kind.kind);
  });
  return {
    paths: Object.fromEntries(
      Object.entries(paths).filter(([path]) => !path.startsWith(prefix) || !plurals.has(pluralIn(path, groupVersion))),
    ),
    components: { schemas: Object.fromEntries(schemas) },
  };
}
