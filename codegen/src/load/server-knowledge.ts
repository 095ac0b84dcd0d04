import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DiscoveryList } from "./discovery.ts";

/** openapi/server.json, the version, and discovery in the order in which the server gives it. */
export interface ServerKnowledge {
  readonly version: ServerVersion;
  /** `/api` and `/apis`. */
  readonly discovery: readonly DiscoveryList[];
  readonly resources: readonly ServerResource[];
  /** Go's names for the types of fields, by struct and JSON name, where they cannot be told otherwise. */
  readonly goTypes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Structs of the server's own, by name; test/controlplane/knowledge/internal_types.go says what it means. */
  readonly internalTypes: Readonly<Record<string, readonly InternalField[]>>;
  readonly defaults: ServerDefaults;
}

/** A field of one. */
export interface InternalField {
  readonly name: string;
  readonly from: string;
  readonly zero?: unknown;
  readonly type?: string;
}

/** What a server says of its version. */
export interface ServerVersion {
  readonly major: string;
  readonly minor: string;
  readonly gitVersion: string;
}

/** Rules for what decoding fills in; test/controlplane/knowledge/default_rules.go says what they mean. */
export interface ServerDefaults {
  /** By the name of the Go type. */
  readonly types: Readonly<Record<string, readonly unknown[]>>;
  readonly kinds: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
    readonly rules: readonly unknown[];
  }[];
}

/** What the server's code knows of a resource (`pods`) or a subresource (`pods/status`). */
export interface ServerResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly listKind?: string;
  /** Whether a default server has it. */
  readonly byDefault: boolean;
  /** Where objects are kept, and as what. */
  readonly store?: string;
  readonly keptAs?: { readonly group: string; readonly version: string };
  readonly storageVersionHash?: string;
  readonly columns?: readonly ServerColumn[];
  readonly selectable?: Readonly<Record<string, { readonly paths: readonly string[]; readonly empty: string }>>;
  readonly resetFields?: readonly string[];
  readonly strategy?: ServerStrategy;
}

export interface ServerColumn {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly priority: number;
  readonly description: string;
}

/** How it behaves when it is written; test/controlplane/knowledge/strategy.go says what each means. */
export interface ServerStrategy {
  readonly createOnUpdate: boolean;
  readonly unconditionalUpdate: boolean;
  readonly gracefulDeletion: boolean;
  readonly dependents: "" | "background" | "orphan";
  readonly returnsDeleted: boolean;
  readonly nameError: string;
  readonly clearedOnCreate: readonly string[];
  readonly createdWith: Readonly<Record<string, unknown>>;
  readonly keptOnUpdate: readonly string[];
  readonly firstGeneration: number;
  readonly generationOf: readonly string[];
}

/** Reads what a snapshot says of the server. */
export function readServerKnowledge(folder: string): ServerKnowledge {
  const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
  const discovery = ["api.json", "apis.json"].map((file) => read("discovery", file) as DiscoveryList);
  const version = read("version.json") as ServerVersion;
  return { ...(read("server.json") as Omit<ServerKnowledge, "version" | "discovery">), version, discovery };
}
