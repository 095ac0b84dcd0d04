import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { ApiSource } from "../src/load/api-source.ts";
import type { DiscoveredGroupVersion } from "../src/load/discovery.ts";
import type { JsonSchema, PathItem } from "../src/load/openapi.ts";
import { referredSchemas } from "../src/model/kubernetes-schemas.ts";

/** A small API by hand: what it serves, its schemas and, where a test is about them, its operations. */
export interface Spec {
  readonly groups: readonly DiscoveredGroupVersion[];
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  readonly paths?: Readonly<Record<string, PathItem>>;
}

/** The source that a spec makes. Without `paths` its operations are not looked at. */
export function sourceOf({ groups, schemas = {}, paths }: Spec): ApiSource {
  return {
    discovered: groups,
    groupVersions: groups,
    documents: new Map([
      [
        `apis/${groups[0]?.group}/${groups[0]?.version}`,
        { paths: paths ?? {}, components: { schemas: { ...referredSchemas, ...schemas } } },
      ],
    ]),
    deprecated: new Map(),
    places: new Map(),
    problems: [],
    hasOperations: paths !== undefined,
  };
}

export function readSpec(file: string): Spec {
  return parse(readFileSync(file, "utf8"), { merge: true }) as Spec;
}

/** A schema that stands for a kind. */
export function kindSchema(group: string, version: string, kind: string, rest: JsonSchema = {}): JsonSchema {
  return {
    type: "object",
    properties: { apiVersion: { type: "string" }, kind: { type: "string" } },
    "x-kubernetes-group-version-kind": [{ group, version, kind }],
    ...rest,
  };
}
