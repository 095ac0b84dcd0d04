import { SpecError } from "../checks/problems.ts";
import { kindOf, type DiscoveredResource, type DiscoveredSubresource } from "../load/discovery.ts";
import type { ServerColumn, ServerKnowledge, ServerResource } from "../load/server-knowledge.ts";
import { header } from "./print-module.ts";

// packages/testing/src/knowledge/resource-info.ts says what each property means.

/** For packages/testing: every resource that an API server can serve, and how it behaves. */
export function serverResourcesFile(
  { discovery, resources }: Pick<ServerKnowledge, "discovery" | "resources">,
  origin: string,
): string {
  const known = new Map(resources.map((one) => [keyOf(one.group, one.version, one.resource), one]));
  const columns = new Columns();
  const printed = discovery.flatMap(({ items }) =>
    items.flatMap(({ metadata, versions }) =>
      versions.flatMap(({ version, resources: discovered = [] }) =>
        discovered.map((one) => {
          const place = { group: metadata?.name ?? "", version };
          const text = JSON.stringify(describe(place, one, known, resources, columns));
          return `  ${text.replaceAll(/"(c\d+)"/g, "$1")},\n`;
        }),
      ),
    ),
  );
  return [
    header(origin),
    'import type { Column, ResourceInfo } from "../knowledge/resource-info.ts";\n',
    columns.print(),
    "/** In the order of discovery. */",
    `export const resources: readonly ResourceInfo[] = [\n${printed.join("")}];\n`,
  ].join("\n");
}

interface Place {
  readonly group: string;
  readonly version: string;
}

type Known = ReadonlyMap<string, ServerResource>;

function describe(
  place: Place,
  found: DiscoveredResource,
  known: Known,
  all: readonly ServerResource[],
  columns: Columns,
): Readonly<Record<string, unknown>> {
  const own = lookUp(known, place, found.resource);
  const { strategy } = own;
  const kind = kindOf(found.responseKind, place)?.kind;
  return {
    ...place,
    plural: found.resource,
    singular: found.singularResource ?? "",
    kind,
    listKind: own.listKind,
    namespaced: found.scope === "Namespaced",
    verbs: found.verbs,
    shortNames: found.shortNames ?? [],
    categories: found.categories ?? [],
    byDefault: own.byDefault,
    store: own.store?.slice("/".length),
    keptAs: own.keptAs && keptAs(own, all),
    storageVersionHash: own.storageVersionHash ?? "",
    createOnUpdate: strategy?.createOnUpdate ?? false,
    unconditionalUpdate: strategy?.unconditionalUpdate ?? false,
    gracefulDeletion: strategy?.gracefulDeletion ?? false,
    dependents: strategy?.dependents === "" ? undefined : strategy?.dependents,
    returnsDeleted: strategy?.returnsDeleted ?? false,
    names: nameRule(strategy?.nameError ?? ""),
    clearedOnCreate: strategy?.clearedOnCreate ?? [],
    createdWith: strategy?.createdWith ?? {},
    keptOnUpdate: strategy?.keptOnUpdate ?? [],
    startsGeneration: strategy?.firstGeneration === 1,
    generationOf: strategy?.generationOf ?? [],
    resetFields: own.resetFields ?? [],
    columns: columns.names(own.columns),
    selectable: selectable(own),
    subresources: (found.subresources ?? []).map((one) => describeSub(place, found, one, known, columns)),
  };
}

function describeSub(
  place: Place,
  { resource }: DiscoveredResource,
  { subresource, responseKind, verbs }: DiscoveredSubresource,
  known: Known,
  columns: Columns,
): Readonly<Record<string, unknown>> {
  const parent = lookUp(known, place, resource);
  const own = lookUp(known, place, `${resource}/${subresource}`);
  if (own.byDefault !== parent.byDefault)
    throw new SpecError([`${resource}/${subresource} is served otherwise than ${resource}: servers have no such rule`]);
  const { strategy } = own;
  return {
    name: subresource,
    ...kindOf(responseKind, place),
    verbs,
    unconditionalUpdate: strategy?.unconditionalUpdate ?? false,
    keptOnUpdate: strategy?.keptOnUpdate ?? [],
    generationOf: strategy?.generationOf ?? [],
    resetFields: own.resetFields ?? [],
    columns: columns.names(own.columns),
  };
}

/**
 * The version in which every server that has the resource can keep its objects: the real one's, unless that is served by fewer servers;
 * then the first.
 */
function keptAs({ store, keptAs: real }: ServerResource, all: readonly ServerResource[]): string {
  const sharing = all.filter((one) => one.store === store);
  const everywhere = sharing.filter((one) => one.byDefault);
  const candidates = everywhere.length > 0 ? everywhere : sharing;
  const chosen = candidates.find(({ group, version }) => group === real?.group && version === real.version);
  const { group, version } = chosen ?? candidates[0]!;
  return group === "" ? version : `${group}/${version}`;
}

/** Without the paths into lists: what stands there stands elsewhere too. */
function selectable({ resource, selectable: found = {} }: ServerResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(found).map(([label, { paths, empty }]) => {
      const fields = paths.filter((path) => !path.includes("["));
      if (fields.length === 0 && paths.length > 0)
        throw new SpecError([`${resource} can be selected by ${label}, which stands in a list`]);
      return [label, { paths: fields, empty }];
    }),
  );
}

const nameRules: readonly [beginning: string, rule: string][] = [
  ["a lowercase RFC 1123 subdomain must", "subdomain"],
  ["a lowercase RFC 1123 label must", "label"],
  ["a valid config key must", "configKey"],
  ["must be a valid IP address", "ipAddress"],
];

function nameRule(error: string): string {
  if (error === "") return "pathSegment";
  return nameRules.find(([beginning]) => error.startsWith(beginning))?.[1] ?? "own";
}

function lookUp(known: Known, { group, version }: Place, resource: string): ServerResource {
  const found = known.get(keyOf(group, version, resource));
  if (found === undefined)
    throw new SpecError([
      `Discovery has ${keyOf(group, version, resource)}, openapi/server.json has not: npm run snapshot`,
    ]);
  return found;
}

function keyOf(group: string, version: string, resource: string): string {
  return `${group}/${version} ${resource}`;
}

/** Columns that many resources have are printed once. */
class Columns {
  readonly #names = new Map<string, string>();

  names(columns: readonly ServerColumn[] | undefined): readonly string[] | undefined {
    return columns?.map(({ name, type, format, priority, description }) => {
      const text = JSON.stringify({ name, type, format, priority, description });
      const found = this.#names.get(text) ?? `c${this.#names.size}`;
      this.#names.set(text, found);
      return found;
    });
  }

  print(): string {
    return [...this.#names].map(([text, name]) => `const ${name}: Column = ${text};\n`).join("");
  }
}
