import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { type CasesOptions, checkProtobuf, type ProtobufCase, protobufCases } from "./protobuf-cases.ts";

const { binary } = inject("controlPlane");

interface WireSchema {
  readonly messages: Readonly<Record<string, { readonly kinds?: readonly Kind[] }>>;
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function nameOf({ group, version, kind }: Kind): string {
  return `${group}/${version}/${kind}`;
}

async function all(options: CasesOptions): Promise<ProtobufCase[]> {
  const cases: ProtobufCase[] = [];
  for await (const made of protobufCases(binary, options)) cases.push(made);
  return cases;
}

describe("objects of every kind in both encodings", () => {
  test("no kind of the wire schema is left out, and none is another", async () => {
    const text = readFileSync(new URL("../../openapi/protobuf.json", import.meta.url), "utf8");
    const known = Object.values((JSON.parse(text) as WireSchema).messages).flatMap(({ kinds }) => kinds ?? []);
    const cases = await all({ seed: 1, each: 1 });
    expect(cases.map(nameOf).sort()).toEqual(known.map(nameOf).sort());
    for (const { group, version, kind, json } of cases.filter((made) => made.kind !== "WatchEvent")) {
      expect(JSON.parse(json)).toMatchObject({ apiVersion: group ? `${group}/${version}` : version, kind });
    }
  });

  test("the seed, the kind and the number make an object, whatever else is made", async () => {
    const options = { seed: 7, each: 12, kinds: ["v1/Pod", "v1/Secret", "v1/WatchEvent"] };
    const cases = await all(options);
    expect(await all(options)).toEqual(cases);
    const secrets = cases.filter(({ kind, number }) => kind === "Secret" && number < 5);
    expect(await all({ seed: 7, each: 5, kinds: ["v1/Secret"] })).toEqual(secrets);
    expect(await all({ seed: 8, each: 5, kinds: ["v1/Secret"] })).not.toEqual(secrets);
  });

  test("a loop may end early, and what is wrong is told", async () => {
    for await (const { number } of protobufCases(binary, { seed: 1, each: 100_000_000, groups: ["core"] })) {
      expect(number).toBe(0);
      break;
    }
    await expect(all({ seed: 1, each: 1, kinds: ["v1/Nothing"] })).rejects.toThrow(`nothing is called "v1/Nothing"`);
  });
});

describe("comparing in Go", () => {
  // Object 1 of a kind has nothing that JSON could not say, but for schemas, which may be two things at once in protobuf.
  async function plain(): Promise<ProtobufCase[]> {
    const cases = await all({ seed: 1, each: 2 });
    return cases.filter(({ kind, number }) => number === 1 && !/^WatchEvent|^CustomResourceDefinition/.test(kind));
  }

  test("Go's own protobuf is the same object as its JSON", async () => {
    const cases = await plain();
    expect(await checkProtobuf(binary, cases)).toEqual({ checked: cases.length, differences: [] });
  });

  test("what differs is named, and does not end it", async () => {
    const [pod, ...others] = (await all({ seed: 1, each: 3, kinds: ["v1/Pod"] })).slice(1);
    const [lease] = await all({ seed: 1, each: 1, kinds: ["coordination.k8s.io/v1/Lease"] });
    if (!pod || !lease) throw new Error("there are both");
    const missing = pod.json.replace(/"name":"[^"]*"/, `"name":"other"`);
    const { checked, differences } = await checkProtobuf(binary, [
      { ...pod, json: missing },
      { ...pod, protobuf: pod.protobuf.subarray(0, -20) },
      { ...pod, protobuf: lease.protobuf },
      { ...pod, json: pod.json.replace(`"spec":{`, `"spec":{"unknown":1,`) },
      ...others.map((other) => ({ ...other, protobuf: pod.protobuf })),
    ]);
    expect(checked).toBe(5);
    expect(differences.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^\.metadata\.name is ".*"; wanted "other"$/),
      expect.stringContaining("cannot read the protobuf"),
      expect.stringContaining("coordination.k8s.io/v1, Kind=Lease"),
      expect.any(String),
    ]);
  });

  test("cases that fail, and a program that does, are told", async () => {
    const [pod] = await all({ seed: 1, each: 1, kinds: ["v1/Pod"] });
    if (!pod) throw new Error("there is one");
    function* failing(): Generator<ProtobufCase> {
      yield pod!;
      throw new Error("no more cases");
    }
    await expect(checkProtobuf(binary, failing())).rejects.toThrow("no more cases");
    await expect(checkProtobuf("/nowhere/controlplane", [pod])).rejects.toThrow("ENOENT");
  });
});
