import { answeredByStatus, status } from "../model/special-schemas.ts";
import type { Model, PatchKinds, Resource, Subresource, Verb } from "../model/model.ts";
import { kindText } from "../model/names.ts";
import type { ModuleNames } from "./module-names.ts";
import { key } from "./print-type.ts";

/** How the capabilities of a client are written: which kind goes in, which comes out, which patches. */
interface Capable {
  /** The name of the kind's interface. */
  readonly kind: string;
  /** What comes back, where it is not `Stored<kind>`. */
  readonly returns: string | undefined;
  readonly verbs: readonly Verb[];
  readonly patches: PatchKinds;
  readonly names: ModuleNames;
}

// What a resource's client has of its own; a subresource of such a name is reached by request() only.
const taken: ReadonlySet<string> = new Set(
  (
    "apply attach connect create delete deleteCollection each exec get in list log metadata modify namespace patch proxy resource table update " +
    "watch"
  ).split(" "),
);

/** The interface of a resource's client. */
export function printResourceClient(resource: Resource, model: Model, names: ModuleNames): string {
  const bases = capabilities(capableOf(resource, model, names));
  const members: string[] = [];
  if (["get", "list", "watch"].every((verb) => resource.verbs.includes(verb as Verb))) {
    members.push(`  readonly metadata: ${names.core("MetadataClient")};\n`);
  }
  for (const subresource of resource.subresources) {
    if (subresource.name === "log" && subresource.verbs.includes("get")) bases.push(names.core("Logs"));
    if (subresource.connection !== undefined) bases.push(names.core(subresource.connection.capability));
    if (subresource.connection !== undefined || taken.has(subresource.name)) continue;
    members.push(`  readonly ${key(subresource.name)}: ${subresourceType(subresource, model, names)};\n`);
  }
  const place = resource.namespaced ? " within one namespace" : "";
  const docs = `/** The client of ${resource.plural}${place}. */\n`;
  const head = `export interface ${resource.clientName} extends`;
  const single = `${head} ${bases.join(", ")} {`;
  const opening = single.length <= 120 ? single : `${head}\n    ${bases.join(",\n    ")} {`;
  return members.length === 0 ? `${docs}${opening}}\n` : `${docs}${opening}\n${members.join("")}}\n`;
}

/** The type of a resource in its group client. */
export function memberType(resource: Resource, model: Model, names: ModuleNames): string {
  const { clientName, namespaced, verbs } = resource;
  if (!namespaced) return clientName;
  const { kind, returns } = capableOf(resource, model, names);
  const more = returns === undefined ? "" : `, ${returns}`;
  if (verbs.includes("list") && verbs.includes("watch")) {
    return `${names.core("NamespacedCollection")}<${kind}, ${clientName}${more}>`;
  }
  const base = `${names.core("Namespaced")}<${clientName}>`;
  return verbs.includes("list") ? `${base} & ${names.core("Lists")}<${kind}${more}> & ${names.core("Tables")}` : base;
}

function capableOf(resource: Resource, model: Model, names: ModuleNames): Capable {
  const { kind, verbs, patches } = resource;
  return {
    kind: names.schema(model.schemaOf(kind).fullName),
    returns: answerOf(resource, model, names),
    verbs,
    patches,
    names,
  };
}

/** Virtual kinds come back without what storing adds; some posts are answered by a Status. */
function answerOf(
  { kind, verbs }: Pick<Resource, "kind" | "verbs">,
  model: Model,
  names: ModuleNames,
): string | undefined {
  if (answeredByStatus.has(kindText(kind))) return names.schema(status);
  const has = (verb: Verb): boolean => verbs.includes(verb);
  const virtual = has("create") ? !has("get") : has("get") || has("list") ? !has("watch") && !has("delete") : false;
  return virtual ? names.schema(model.schemaOf(kind).fullName) : undefined;
}

function subresourceType(subresource: Subresource, model: Model, names: ModuleNames): string {
  const { verbs, patches } = subresource;
  const kind = names.schema(model.schemaOf(subresource.kind).fullName);
  const sorted = verbs.join();
  if (sorted === "create") {
    const returns = answerOf(subresource, model, names);
    return `${names.core("SubresourceCreates")}<${returns === undefined || returns === kind ? kind : `${kind}, ${returns}`}>`;
  }
  if (sorted === "get,patch,update" && patches.apply) {
    return `${names.core("Subresource")}<${patches.strategic ? `${kind}, ${names.core("BuiltInPatch")}<${kind}>` : kind}>`;
  }
  const posts = verbs.includes("create") ? [`${names.core("SubresourceCreates")}<${kind}>`] : [];
  const others = verbs.filter((verb) => verb !== "create");
  return [...posts, ...capabilities({ kind, returns: undefined, verbs: others, patches, names }, true)].join(" & ");
}

/** One capability for each verb. */
function capabilities({ kind, returns, verbs, patches, names }: Capable, ofSubresource = false): string[] {
  const { core } = names;
  const has = (verb: Verb): boolean => verbs.includes(verb);
  const more = returns === undefined ? "" : `, ${returns}`;
  const stored = (): string => returns ?? `${core("Stored")}<${kind}>`;
  const all: string[] = [];
  const add = (name: string, rest = more): void => void all.push(`${core(name)}<${kind}${rest}>`);
  if (has("get")) add("Gets");
  if (has("list")) {
    add("Lists");
    all.push(core("Tables"));
  }
  if (has("watch")) add("Watches");
  if (has("create")) add("Creates");
  if (has("update")) add("Updates");
  if (has("update") && has("get")) add("Modifies");
  if (has("patch")) add("Patches", patches.strategic ? `, ${stored()}, ${core("BuiltInPatch")}<${kind}>` : more);
  if (has("patch") && patches.apply) {
    add("Applies", ofSubresource ? `, ${stored()}, ${core("SubresourceApplyOf")}<${kind}>` : more);
  }
  if (has("delete")) add("Deletes");
  if (has("deletecollection")) add("DeletesCollection");
  return all;
}
