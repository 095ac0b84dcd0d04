import type { Model, Schema } from "../model/model.ts";
import { refsOf } from "../model/refs.ts";
import { isShippedSchema } from "../model/shipped.ts";
import { relativeModule, type Layout } from "./layout.ts";
import { printModule } from "./print-module.ts";
import type { TypeNodes } from "./type-nodes.ts";

/** The modules of a user's project. */
export interface Project {
  /** By path below the folder, such as `example.com/v1.ts`. */
  readonly files: ReadonlyMap<string, string>;
  /** The schemas of each module. */
  readonly schemas: ReadonlyMap<string, readonly Schema[]>;
}

/**
 * The modules of every group-version of the model. What they need of other group-versions comes from kubewright; what this
 * version of kubewright does not have is written beside them.
 */
export function projectFiles(model: Model, types: TypeNodes): Project {
  const written = neededSchemas(model);
  const groupVersions = new Map(model.groupVersions.map((one) => [one.module, one]));
  const modules = new Map<string, Schema[]>(model.groupVersions.map(({ module }) => [module, []]));
  for (const schema of written) modules.set(schema.module, [...(modules.get(schema.module) ?? []), schema]);
  const layout: Layout = {
    core: "kubewright",
    importOf: (from, schema) =>
      written.has(schema) ? relativeModule(from, schema.module, ".js") : `kubewright/${schema.module}`,
  };
  const files = [...modules].map(([module, schemas]): [string, string] => {
    const content = { module, schemas, groupVersion: groupVersions.get(module) };
    return [`${module}.ts`, printModule(content, model, types, layout)];
  });
  return { files: new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1))), schemas: modules };
}

/** The schemas of the chosen group-versions, and those they lead to that nobody ships. */
function neededSchemas(model: Model): Set<Schema> {
  const chosen = new Set(model.groupVersions.map(({ module }) => module));
  const needed = new Set<Schema>();
  const visit = (fullName: string): void => {
    const schema = model.schemas.get(fullName);
    if (schema === undefined || needed.has(schema)) return;
    if (!chosen.has(schema.module) && isShippedSchema(schema.fullName, schema.typeName)) return;
    needed.add(schema);
    for (const name of refsOf(schema.json)) visit(name);
  };
  for (const { fullName, module } of model.schemas.values()) if (chosen.has(module)) visit(fullName);
  const resources = model.groupVersions.flatMap((one) => one.resources);
  for (const { kind, subresources } of resources) {
    for (const one of [
      kind,
      ...subresources.filter(({ connection }) => connection === undefined).map((sub) => sub.kind),
    ])
      visit(model.schemaOf(one).fullName);
  }
  return needed;
}
