import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Field, ObjectType, Value } from "./object-type.ts";
import { resourcesOf } from "./resources.ts";
import { typeOf } from "./types.ts";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly allOf?: readonly { readonly $ref: string }[];
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly [extension: `x-kubernetes-${string}`]: unknown;
}

interface Schema extends Property {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

const v3 = join(import.meta.dirname, "../../../../openapi/v3");
const schemas = new Map(
  readdirSync(v3, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => {
      const { components } = JSON.parse(readFileSync(join(v3, file), "utf8")) as {
        readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
      };
      return Object.entries(components?.schemas ?? {});
    }),
);

/** A type and all that it is made of. */
function closure(type: ObjectType, found: Set<ObjectType>): Set<ObjectType> {
  if (found.has(type)) return found;
  found.add(type);
  for (const { value } of type.fields.values()) {
    const inner = innermost(value);
    if (inner.is === "object") closure(inner.type, found);
  }
  return found;
}

function innermost(value: Value): Value {
  return value.is === "list" || value.is === "map" ? innermost(value.of) : value;
}

const apiVersionOf = ({ group, version }: { readonly group: string; readonly version: string }): string =>
  group === "" ? version : `${group}/${version}`;

const all = new Set<ObjectType>();
for (const one of resourcesOf("all")) {
  for (const kind of [one.kind, one.listKind]) {
    const type = kind === undefined ? undefined : typeOf(apiVersionOf(one), kind);
    if (type !== undefined) closure(type, all);
  }
}

function field(apiVersion: string, kind: string, ...path: readonly string[]): Field {
  let type = typeOf(apiVersion, kind);
  let found: Field | undefined;
  for (const name of path) {
    found = type?.fields.get(name);
    const inner = found === undefined ? undefined : innermost(found.value);
    type = inner?.is === "object" ? inner.type : undefined;
  }
  if (found === undefined) throw new Error(`no ${path.join(".")} in ${kind}`);
  return found;
}

describe("types", () => {
  test("every kind of a resource, its list and its subresources has one", () => {
    for (const resource of resourcesOf("all")) {
      for (const kind of [resource.kind, resource.listKind ?? resource.kind])
        expect(typeOf(apiVersionOf(resource), kind), kind).toBeDefined();
      for (const sub of resource.subresources) expect(typeOf(apiVersionOf(sub), sub.kind), sub.kind).toBeDefined();
    }
    for (const kind of ["Status", "DeleteOptions", "PartialObjectMetadata"])
      expect(typeOf(kind === "PartialObjectMetadata" ? "meta.k8s.io/v1" : "v1", kind), kind).toBeDefined();
    expect(typeOf("example.com/v1", "Lamp")).toBeUndefined();
    expect(typeOf("v1", "toString")).toBeUndefined();
  });

  test("have the fields that OpenAPI has, and say of each what OpenAPI says", () => {
    expect(all.size).toBeGreaterThan(600);
    for (const type of all) {
      const schema = schemas.get(type.schema);
      if (schema === undefined) throw new Error(`OpenAPI has no ${type.schema}`);
      const properties = schema.properties ?? {};
      expect([...type.fields.keys()].toSorted(), type.schema).toEqual(Object.keys(properties).toSorted());
      expect(type.atomic, type.schema).toBe(schema["x-kubernetes-map-type"] === "atomic");
      for (const [name, property] of Object.entries(properties)) {
        const known = type.fields.get(name)!;
        expect(saidOf(known), `${type.schema}.${name}`).toEqual(saidIn(property, schema.required?.includes(name)));
      }
    }
  });

  test("fields stand in the order in which Go prints them", () => {
    expect([...typeOf("v1", "ConfigMap")!.fields.keys()]).toEqual([
      "kind",
      "apiVersion",
      "metadata",
      "immutable",
      "data",
      "binaryData",
    ]);
    const volume = [...closure(typeOf("v1", "Pod")!, new Set())].find(({ name }) => name === "v1.Volume")!;
    expect([...volume.fields.keys()].slice(0, 3)).toEqual(["name", "hostPath", "emptyDir"]);
  });

  test("tags and pointers are those of Go", () => {
    expect(field("v1", "Pod", "spec", "containers")).toMatchObject({ empty: "always", pointer: false, required: true });
    expect(field("v1", "Pod", "spec", "priority")).toMatchObject({ empty: "omitempty", pointer: true });
    expect(field("v1", "Pod", "metadata", "creationTimestamp").empty).toBe("omitzero");
  });

  test("types are named as in Go's errors", () => {
    expect(field("v1", "Pod", "spec", "containers").value.goType).toBe("[]v1.Container");
    expect(field("v1", "Pod", "spec", "containers", "ports", "protocol").value.goType).toBe("v1.Protocol");
    const limits = field("v1", "Pod", "spec", "containers", "resources", "limits").value;
    expect(limits).toMatchObject({ is: "map", goType: "v1.ResourceList", of: { goType: "resource.Quantity" } });
    expect(field("v1", "Pod", "metadata", "labels").value.goType).toBe("map[string]string");
    expect(field("authorization.k8s.io/v1", "SubjectAccessReview", "spec", "extra").value.goType).toBe(
      "map[string]v1.ExtraValue",
    );
  });

  test("a type that holds itself is one", () => {
    const schema = field("apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec", "versions", "schema").value;
    const props = closure((schema as { type: ObjectType }).type, new Set());
    const own = [...props].find(({ name }) => name === "v1.JSONSchemaProps")!;
    const not = own.fields.get("not")!.value;
    expect(not.is === "object" && not.type === own).toBe(true);
  });
});

function saidOf({ value, required, patchStrategy, patchMergeKey, default: byDefault }: Field): unknown {
  const inner = innermost(value);
  return {
    required,
    patchStrategy: patchStrategy.join(","),
    patchMergeKey,
    default: byDefault,
    list: value.is === "list" ? { type: value.listType, keys: value.keys } : undefined,
    atomic: value.is === "map" || value.is === "object" ? value.atomic : undefined,
    enum: "enum" in inner ? inner.enum : undefined,
    object: inner.is === "object" ? inner.type.schema : undefined,
  };
}

/** The same out of OpenAPI. */
function saidIn(property: Property, required = false): unknown {
  const isList = property.items !== undefined;
  let inner = property;
  while (inner.items !== undefined || inner.additionalProperties !== undefined)
    inner = (inner.items ?? inner.additionalProperties)!;
  const ref = (inner.$ref ?? inner.allOf?.[0]?.$ref)?.slice("#/components/schemas/".length);
  const isObject = ref !== undefined && schemas.get(ref)?.type === "object" && !/\.(FieldsV1|RawExtension)$/.test(ref);
  const isMap = property.additionalProperties !== undefined;
  const { default: byDefault } = property;
  const isZero = [undefined, "", 0, false].includes(byDefault as never) || JSON.stringify(byDefault) === "{}";
  return {
    required,
    patchStrategy: property["x-kubernetes-patch-strategy"] ?? "",
    patchMergeKey: property["x-kubernetes-patch-merge-key"],
    default: isZero ? undefined : byDefault,
    list: isList
      ? { type: property["x-kubernetes-list-type"], keys: property["x-kubernetes-list-map-keys"] ?? [] }
      : undefined,
    atomic:
      isMap || (isObject && !isList)
        ? property["x-kubernetes-map-type"] === "atomic" ||
          (ref !== undefined && !isMap && schemas.get(ref)?.["x-kubernetes-map-type"] === "atomic")
        : undefined,
    enum: inner.enum,
    object: isObject ? ref : undefined,
  };
}
