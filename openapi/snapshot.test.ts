import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSnapshot, sha256, snapshotFolder, SOURCE_FILE, type Source } from "./provenance.ts";
import { type Json, stableJson } from "./stable-json.ts";

const files = readSnapshot();
const source = JSON.parse(readFileSync(join(snapshotFolder, SOURCE_FILE), "utf8")) as Source;

function parsed(name: string): unknown {
  return JSON.parse(files.get(name) ?? "null");
}

interface Discovery {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions: readonly { readonly version: string }[];
  }[];
}

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

describe("the stored snapshot", () => {
  test("is what the provenance file says, no more and no less", () => {
    const hashes = Object.fromEntries([...files].map(([name, text]) => [name, sha256(text)]));
    expect(hashes).toEqual(source.files);
  });

  test("comes from one server", () => {
    expect(parsed("version.json")).toMatchObject({ gitVersion: source.server });
  });

  test("is in its stable form, so that a diff shows real changes only", () => {
    for (const [name, text] of files) expect(stableJson(JSON.parse(text) as Json) === text, name).toBe(true);
  });

  test("has an OpenAPI document for every group-version of discovery", () => {
    const groups = (parsed("discovery/apis.json") as Discovery).items.flatMap(({ metadata, versions }) =>
      versions.map(({ version }) => `v3/apis/${metadata?.name}/${version}.json`),
    );
    expect(groups.length).toBeGreaterThan(30);
    for (const name of [...groups, "v3/api/v1.json"]) expect(files.has(name), name).toBe(true);
  });

  test("has a wire form for every schema of OpenAPI but two, which the server sends as JSON only", () => {
    const { messages } = parsed("protobuf.json") as { messages: Record<string, { openapi: string }> };
    const known = new Set(Object.values(messages).map(({ openapi }) => openapi));
    const missing = new Set<string>();
    for (const name of files.keys()) {
      if (!name.startsWith("v3/")) continue;
      const document = parsed(name) as Document;
      for (const schema of Object.keys(document.components?.schemas ?? {})) if (!known.has(schema)) missing.add(schema);
    }
    expect([...missing].sort()).toEqual([
      "io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
      "io.k8s.apimachinery.pkg.version.Info",
    ]);
  });
});
