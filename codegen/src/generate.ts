import { nameClashes } from "./checks/name-clashes.ts";
import { sortOperations } from "./checks/operations.ts";
import { assertNoProblems } from "./checks/problems.ts";
import { microTimesFile } from "./emit/micro-times-file.ts";
import { operationsFile } from "./emit/operations-file.ts";
import { projectFiles } from "./emit/project.ts";
import { protobufGroupsFile } from "./emit/protobuf-groups-file.ts";
import { protobufTableFile } from "./emit/protobuf-table-file.ts";
import { repositoryFiles } from "./emit/repository.ts";
import { serverDefaultsFile } from "./emit/server-defaults-file.ts";
import { serverInternalFile } from "./emit/server-internal-file.ts";
import { serverOpenApiFile, serverOpenApiTagsFile } from "./emit/server-openapi-file.ts";
import { serverResourcesFile } from "./emit/server-resources-file.ts";
import { serverTypesFile } from "./emit/server-types-file.ts";
import { shippedFile } from "./emit/shipped-file.ts";
import { serverVersionFile } from "./emit/server-version-file.ts";
import { typeNodes } from "./emit/type-nodes.ts";
import type { ApiSource } from "./load/api-source.ts";
import { mergeSchemas } from "./load/merge-schemas.ts";
import type { DiscoveredGroupVersion } from "./load/discovery.ts";
import { operationsOf, type ApiOperation } from "./load/operations.ts";
import type { ProtobufSchema } from "./load/protobuf-schema.ts";
import type { ServerKnowledge } from "./load/server-knowledge.ts";
import { buildModel } from "./model/build-model.ts";
import type { GroupVersion, Schema } from "./model/model.ts";
import { groupVersionPath, pluralIn } from "./model/paths.ts";
import { serverTypes } from "./model/server-types.ts";
import { isShippedSchema } from "./model/shipped.ts";
import { whatWorks } from "./what-works.ts";

/** The text of each file by its path, with `/`. */
export type Files = ReadonlyMap<string, string>;

/** What came of a source. */
export interface Generated {
  /** The modules: their text by path. */
  readonly files: Files;
  /** What was left out and why, one line each; what the source could not read is among them. */
  readonly problems: readonly string[];
}

/**
 * The modules of the source's group-versions for a user's project, which has kubewright installed. A resource with a problem costs
 * itself and no other.
 */
export async function generate(source: ApiSource): Promise<Generated> {
  const { result: files, problems } = await whatWorks(source, generateAll);
  return { files, problems: [...source.problems, ...strangers(source), ...problems] };
}

async function generateAll(source: ApiSource): Promise<Files> {
  const model = buildModel(source, isShippedSchema);
  if (source.hasOperations) {
    const { own } = operationsIn(source);
    assertNoProblems(sortOperations(model.groupVersions, own).problems);
  }
  const { files, schemas } = projectFiles(model, await typeNodes(model.schemas));
  assertNoProblems(clashes(model.groupVersions, schemas));
  return files;
}

/** The generated files of this repository from its snapshot; `origin` stands in their first line: `Kubernetes v1.36.3`. */
export async function generateRepository(
  source: ApiSource,
  { protobuf, server, packedOpenApi }: CodeKnowledge,
  origin: string,
): Promise<Files> {
  const model = buildModel(source);
  const lists = sortOperations(model.groupVersions, operationsOf(source.documents));
  const schemas = new Map<string, Schema[]>();
  for (const schema of model.schemas.values())
    schemas.set(schema.module, [...(schemas.get(schema.module) ?? []), schema]);
  assertNoProblems([...lists.problems, ...clashes(model.groupVersions, schemas)]);
  const files = new Map(repositoryFiles(model, await typeNodes(model.schemas), origin));
  files.set("codegen/gen/operations.json", operationsFile(lists));
  files.set("codegen/src/gen/shipped.ts", shippedFile(model, origin));
  files.set("packages/core/src/gen/micro-times.ts", microTimesFile(model, origin));
  files.set("packages/core/src/gen/protobuf-groups.ts", protobufGroupsFile(protobuf, origin));
  files.set("packages/protobuf/src/gen/table.ts", protobufTableFile(protobuf, origin));
  files.set("packages/testing/src/gen/resources.ts", serverResourcesFile(server, origin));
  const types = serverTypes({
    protobuf,
    goTypes: server.goTypes,
    schemas: mergeSchemas(source.documents, () => true),
    groupVersions: new Set([
      ...source.groupVersions.map(({ group, version }) => `${group}/${version}`),
      "meta.k8s.io/v1",
      "meta.k8s.io/v1beta1",
    ]),
  });
  files.set("packages/testing/src/gen/types.ts", serverTypesFile(types, protobuf, origin));
  files.set("packages/testing/src/gen/defaults.ts", serverDefaultsFile(server.defaults, types, origin));
  files.set("packages/testing/src/gen/internal-types.ts", serverInternalFile(server.internalTypes, origin));
  files.set(packedOpenApiPath, serverOpenApiFile(source.documents, origin, packedOpenApi));
  files.set("packages/testing/src/gen/openapi-tags.ts", serverOpenApiTagsFile(source.documents, origin));
  files.set("packages/testing/src/gen/version.ts", serverVersionFile(server.version, origin));
  return files;
}

/** What a snapshot has of Kubernetes' own code beside what an API says. */
export interface CodeKnowledge {
  readonly protobuf: ProtobufSchema;
  readonly server: ServerKnowledge;
  /** The text of `packedOpenApiPath` as it stands, where it does. */
  readonly packedOpenApi: string | undefined;
}

/** Where this repository has every OpenAPI document. */
export const packedOpenApiPath = "packages/testing/src/gen/openapi.ts";

function clashes(groupVersions: readonly GroupVersion[], schemas: ReadonlyMap<string, readonly Schema[]>): string[] {
  const byModule = new Map(groupVersions.map((one) => [one.module, one]));
  return [...schemas].flatMap(([module, own]) => nameClashes(module, own, byModule.get(module)));
}

/** Problems of operations that no resource has; they cost none. */
function strangers(source: ApiSource): readonly string[] {
  return source.hasOperations ? sortOperations([], operationsIn(source).others).problems : [];
}

/** The operations of the source's group-versions: those of their resources, and others. */
function operationsIn({ documents, groupVersions, discovered }: ApiSource): Record<"own" | "others", Operations> {
  const own = new Map<string, ApiOperation>();
  const others = new Map<string, ApiOperation>();
  for (const [key, operation] of operationsOf(documents)) {
    const found = groupVersions.find(({ group, version }) =>
      operation.path.startsWith(`${groupVersionPath(group, version)}/`),
    );
    if (found === undefined) continue;
    const plural = pluralIn(operation.path, found);
    const has = (one: DiscoveredGroupVersion): boolean => one.resources.some(({ resource }) => resource === plural);
    if (has(found)) own.set(key, operation);
    else if (!discovered.some((one) => one.group === found.group && one.version === found.version && has(one))) {
      others.set(key, operation);
    }
  }
  return { own, others };
}

type Operations = ReadonlyMap<string, ApiOperation>;
