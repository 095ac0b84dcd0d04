import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sortOperations } from "../src/checks/operations.ts";
import { generateRepository, packedOpenApiPath, type CodeKnowledge, type Files } from "../src/generate.ts";
import type { ApiSource } from "../src/load/api-source.ts";
import { readFolder } from "../src/load/folder.ts";
import { operationsOf } from "../src/load/operations.ts";
import { readProtobufSchema } from "../src/load/protobuf-schema.ts";
import { readServerKnowledge } from "../src/load/server-knowledge.ts";
import { buildModel } from "../src/model/build-model.ts";
import { findDrift } from "../src/write-files.ts";

const top = join(import.meta.dirname, "../..");
let source: ApiSource;
let code: CodeKnowledge;
let files: Files;
const origin = "Kubernetes v1.36.3";
let cpuSeconds: number;

beforeAll(async () => {
  const before = process.cpuUsage();
  source = readFolder(join(top, "openapi"));
  const snapshot = join(top, "openapi");
  code = {
    protobuf: readProtobufSchema(snapshot),
    server: readServerKnowledge(snapshot),
    packedOpenApi: readFileSync(join(top, packedOpenApiPath), "utf8"),
  };
  files = await generateRepository(source, code, origin);
  const { user, system } = process.cpuUsage(before);
  cpuSeconds = (user + system) / 1e6;
});

describe("the snapshot", () => {
  test("generating again gives no difference", () => {
    const folders = ["api", "core", "kubewright", "protobuf", "testing"].map((name) => `packages/${name}/src/gen`);
    expect(findDrift(top, files, ["codegen/src/gen", ...folders])).toEqual({ changed: [], missing: [], stale: [] });
  });

  test("generating twice gives the same text", async () => {
    expect([...(await generateRepository(source, code, origin))]).toEqual([...files]);
  });

  test("within ten seconds of CPU, whatever else the machine does", () => {
    expect(cpuSeconds).toBeLessThan(10);
  });

  test("every group, resource and schema has its place", () => {
    const model = buildModel(source);
    const resources = model.groupVersions.flatMap((one) => one.resources);
    expect(model.groupVersions).toHaveLength(36);
    expect(resources).toHaveLength(95);
    expect(resources.flatMap((one) => one.subresources)).toHaveLength(55);
    expect(model.schemas.size).toBe(759);
  });

  test("fields that are said to be always sent are so by the Go types' own tags", () => {
    const { messages } = JSON.parse(readFileSync(join(top, "openapi/protobuf.json"), "utf8")) as {
      messages: Record<string, { openapi?: string; fields: { json: string; cardinality: string }[] }>;
    };
    const byName = new Map(Object.values(messages).map((message) => [message.openapi, message.fields]));
    const said = [...buildModel(source).schemas.values()].flatMap(({ fullName, served }) =>
      (served?.present ?? []).map((field) => ({ fullName, field })),
    );
    expect(said).toHaveLength(125);
    const wrong = said.filter(({ fullName, field }) => {
      const found = byName.get(fullName)?.find(({ json }) => json.split(",")[0] === field);
      // A struct is left out only where its tag says omitzero.
      return found === undefined || found.cardinality === "rep" || found.json.includes("omitzero");
    });
    expect(wrong).toEqual([]);
  });
});

interface Entry {
  readonly method: string;
  readonly path: string;
}

describe("the operations of the snapshot", () => {
  const lists = JSON.parse(readFileSync(join(top, "codegen/gen/operations.json"), "utf8")) as Record<
    "typed" | "equivalent" | "raw",
    (Entry & { readonly reason?: string; readonly calls?: readonly unknown[] })[]
  >;
  const all = [...lists.typed, ...lists.equivalent, ...lists.raw].map(({ method, path }) => `${method} ${path}`);

  test("each is in exactly one list", () => {
    expect(new Set(all).size).toBe(all.length);
    expect(all.toSorted()).toEqual([...operationsOf(source.documents).keys()].toSorted());
  });

  test("each list has so many", () => {
    expect({ typed: lists.typed.length, equivalent: lists.equivalent.length, raw: lists.raw.length }).toEqual({
      typed: 819,
      equivalent: 215,
      raw: 87,
    });
  });

  test("each raw one has a reason, each typed one a call", () => {
    expect(lists.raw.filter(({ reason }) => !reason)).toEqual([]);
    expect(lists.typed.filter(({ calls }) => !calls?.length)).toEqual([]);
  });

  test("a lost operation is noticed", () => {
    const operations = new Map(operationsOf(source.documents));
    operations.delete("GET /api/v1/nodes");
    const { problems } = sortOperations(buildModel(source).groupVersions, operations);
    expect(problems).toEqual([
      "Discovery lets v1 nodes do what OpenAPI calls list, but OpenAPI has no GET /api/v1/nodes",
    ]);
  });
});
