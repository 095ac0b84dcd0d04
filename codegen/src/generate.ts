import { nameClashes } from "./checks/name-clashes.ts";
import { sortOperations } from "./checks/operations.ts";
import { assertNoProblems } from "./checks/problems.ts";
import { microTimesFile } from "./emit/micro-times-file.ts";
import { operationsFile } from "./emit/operations-file.ts";
import { projectFiles } from "./emit/project.ts";
import { repositoryFiles } from "./emit/repository.ts";
import { shippedFile } from "./emit/shipped-file.ts";
import { typeNodes } from "./emit/type-nodes.ts";
import type { ApiSource } from "./load/api-source.ts";
import { operationsOf, type ApiOperation } from "./load/operations.ts";
import { buildModel } from "./model/build-model.ts";
import type { GroupVersion, Schema } from "./model/model.ts";
import { groupVersionPath } from "./model/paths.ts";
import { isShippedSchema } from "./model/shipped.ts";

/** The text of each file by its path, with `/`. */
export type Files = ReadonlyMap<string, string>;

/**
 * The modules of the source's group-versions for a user's project, which has kubewright installed. Throws a SpecError that lists
 * every problem of the source.
 */
export async function generate(source: ApiSource): Promise<Files> {
  const model = buildModel(source, isShippedSchema);
  if (source.hasOperations) {
    const chosen = ofGroupVersions(operationsOf(source.documents), model.groupVersions);
    assertNoProblems(sortOperations(model.groupVersions, chosen).problems);
  }
  const { files, schemas } = projectFiles(model, await typeNodes(model.schemas));
  assertNoProblems(clashes(model.groupVersions, schemas));
  return files;
}

/** The generated files of this repository from its snapshot; `origin` stands in their first line: `Kubernetes v1.36.3`. */
export async function generateRepository(source: ApiSource, origin: string): Promise<Files> {
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
  return files;
}

function clashes(groupVersions: readonly GroupVersion[], schemas: ReadonlyMap<string, readonly Schema[]>): string[] {
  const byModule = new Map(groupVersions.map((one) => [one.module, one]));
  return [...schemas].flatMap(([module, own]) => nameClashes(module, own, byModule.get(module)));
}

function ofGroupVersions(
  operations: ReadonlyMap<string, ApiOperation>,
  groupVersions: readonly GroupVersion[],
): Map<string, ApiOperation> {
  const prefixes = groupVersions.map(({ group, version }) => `${groupVersionPath(group, version)}/`);
  return new Map([...operations].filter(([, { path }]) => prefixes.some((prefix) => path.startsWith(prefix))));
}
