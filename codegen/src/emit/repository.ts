import type { Model, Schema } from "../model/model.ts";
import { relativeModule, type Layout } from "./layout.ts";
import { header, printModule } from "./print-module.ts";
import { printSchema } from "./print-schema.ts";
import { moduleNames } from "./module-names.ts";
import type { TypeNodes } from "./type-nodes.ts";

const meta = "meta/v1";

// Core's own types that belong to meta.k8s.io; they are better than what OpenAPI says of them, or it says nothing.
const handWritten = ["List", "PartialObjectMetadata", "Table", "TableColumnDefinition", "TableRow", "WatchEvent"];

/** The files of our own packages, by path from the top of the repository. */
export function repositoryFiles(model: Model, types: TypeNodes, origin: string): Map<string, string> {
  const layout: Layout = {
    origin,
    core: "@kubewright/core",
    importOf: (from, { module }) => relativeModule(from, module, ".ts"),
  };
  const files = new Map<string, string>();
  const schemasOf = (module: string): Schema[] =>
    [...model.schemas.values()].filter((schema) => schema.module === module);
  files.set("packages/core/src/gen/meta-v1.ts", metaOfCore(schemasOf(meta), model, types, layout));
  files.set("packages/api/src/gen/meta/v1.ts", metaOfApi(schemasOf(meta), origin));
  for (const groupVersion of model.groupVersions) {
    const { module } = groupVersion;
    const content = { module, schemas: schemasOf(module), groupVersion };
    files.set(`packages/api/src/gen/${module}.ts`, printModule(content, model, types, layout));
  }
  for (const module of [meta, ...model.groupVersions.map((one) => one.module)]) {
    const references = importsOf(files.get(`packages/api/src/gen/${module}.ts`) ?? "").map(
      (path) => `/// <reference path="${path}" preserve="true" />\n`,
    );
    const text = `${header(origin)}${references.join("")}\nexport * from "@kubewright/api/${module}";\n`;
    files.set(`packages/kubewright/src/gen/${module}.ts`, text);
  }
  return new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The other groups a module takes types from. The compiler must have seen the modules of kubewright that export them, or a user's
 * own declarations could only name them by a path into a package that the user does not depend on (TS2742 under pnpm).
 */
function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/ from "(\.[^"]+)";$/gm)].map(([, path]) => path ?? "");
}

/** The meta types live in core, which needs them and may import nothing of the groups. */
function metaOfCore(schemas: readonly Schema[], model: Model, types: TypeNodes, layout: Layout): string {
  const own: Layout = { ...layout, core: "../types/marks.ts" };
  const names = moduleNames({ module: meta, schemas, groupVersion: undefined }, model, own);
  const printed = sorted(schemas).map((schema) => printSchema(schema, types, names));
  return [header(layout.origin ?? meta), names.imports(), ...printed].join("\n");
}

function metaOfApi(schemas: readonly Schema[], origin: string): string {
  const list = (names: readonly string[], from: string): string =>
    `export type {\n${names.map((name) => `  ${name},\n`).join("")}} from "${from}";\n`;
  const generated = sorted(schemas).map(({ typeName }) => typeName);
  return [header(origin), list(generated, "@kubewright/core/meta"), list(handWritten, "@kubewright/core")].join("\n");
}

function sorted(schemas: readonly Schema[]): Schema[] {
  return schemas.toSorted((a, b) => (a.typeName < b.typeName ? -1 : 1));
}
