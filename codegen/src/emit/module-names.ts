import type { GroupVersion, Model, Schema } from "../model/model.ts";
import { builtInGroup, groupClientName } from "../model/names.ts";
import { refsOf } from "../model/refs.ts";
import type { Layout } from "./layout.ts";

/** The names of one module: what it declares, and what it imports under which name. */
export interface ModuleNames {
  /** The name that stands for the schema with this full name. */
  schema(fullName: string): string;
  /** The name that stands for a type of core. */
  core(name: string): string;
  /** The import statements for what was asked for. */
  imports(): string;
}

export interface ModuleContent {
  readonly module: string;
  readonly schemas: readonly Schema[];
  readonly groupVersion: GroupVersion | undefined;
}

/** The types of core that a module can import. */
const coreNames: ReadonlySet<string> = new Set(
  (
    "Applies Attaches BuiltInPatch ClusterObject Connects Creates Deletes DeletesCollection Execs Gets Group ListMapItem Lists Logs MetadataClient Modifies " +
    "Namespaced NamespacedCollection NamespacedObject NoFields Patches Proxies Resource Stored Subresource SubresourceApplyOf SubresourceCreates " +
    "Tables Updates Watches WholeMetadata"
  ).split(" "),
);

/** Chooses the names of a module. An imported name that means something else there is imported under a longer one. */
export function moduleNames(
  { module, schemas, groupVersion }: ModuleContent,
  model: Model,
  layout: Layout,
): ModuleNames {
  const own = new Set(schemas.map(({ fullName }) => fullName));
  const local = new Set(schemas.map(({ typeName }) => typeName));
  for (const { clientName } of groupVersion?.resources ?? []) local.add(clientName);
  if (groupVersion !== undefined) local.add(groupVersion.name);
  const foreign = foreignSchemas({ schemas, groupVersion }, own, model);
  const uses = new Map<string, number>();
  for (const { typeName } of foreign) uses.set(typeName, (uses.get(typeName) ?? 0) + 1);
  const used = new Map<string, Set<string>>();
  const use = (from: string, text: string): void => {
    const texts = used.get(from) ?? new Set();
    used.set(from, texts.add(text));
  };

  return {
    schema(fullName) {
      const schema = model.schemas.get(fullName);
      if (schema === undefined)
        throw new Error(`The module ${module} refers to the schema ${fullName}, which does not exist`);
      const { typeName, module: owner } = schema;
      if (own.has(fullName)) return typeName;
      const taken = local.has(typeName) || coreNames.has(typeName) || (uses.get(typeName) ?? 0) > 1;
      const [group = "", version = ""] = owner.split("/");
      const alias = taken ? groupClientName(builtInGroup(group) ?? group, version) + typeName : typeName;
      use(layout.importOf(module, schema), alias === typeName ? typeName : `${typeName} as ${alias}`);
      return alias;
    },
    core(name) {
      if (!coreNames.has(name)) throw new Error(`${name} is not among the names of core that modules import`);
      const alias = local.has(name) ? `Kubewright${name}` : name;
      use(layout.core, alias === name ? name : `${name} as ${alias}`);
      return alias;
    },
    imports() {
      const statements = [...used].toSorted(([a], [b]) => importRank(a) - importRank(b) || (a < b ? -1 : 1));
      return statements.map(([from, texts]) => importStatement([...texts].toSorted(), from)).join("");
    },
  };
}

function foreignSchemas(
  { schemas, groupVersion }: Pick<ModuleContent, "schemas" | "groupVersion">,
  own: ReadonlySet<string>,
  model: Model,
): Schema[] {
  const names = new Set(schemas.flatMap(({ json }) => refsOf(json)));
  const kinds = (groupVersion?.resources ?? []).flatMap(({ kind, subresources }) => [
    kind,
    ...subresources.filter(({ connection }) => connection === undefined).map((sub) => sub.kind),
  ]);
  for (const kind of kinds) names.add(model.schemaOf(kind).fullName);
  return [...names].flatMap((name) => model.schemas.get(name) ?? []).filter(({ fullName }) => !own.has(fullName));
}

/** Packages first, then other groups, then versions of the same group. */
function importRank(from: string): number {
  return from.startsWith("../") ? 1 : from.startsWith("./") ? 2 : 0;
}

function importStatement(texts: readonly string[], from: string): string {
  const single = `import type { ${texts.join(", ")} } from "${from}";\n`;
  if (single.length <= 121) return single;
  return `import type {\n${texts.map((text) => `  ${text},\n`).join("")}} from "${from}";\n`;
}
