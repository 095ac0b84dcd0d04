import { BeyondSchema, DecodeError, type Fields, LimitError, type Wanted } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { envelope, message } from "../../../../test/support/protobuf-wire.ts";
import { protobuf } from "../protobuf.ts";

const request = { verb: "list", path: "/api/v1/pods" };
const everything: Wanted = { managedFields: true, select: undefined, shareStrings: false };

/** Chunks of these sizes, again and again. */
async function* slices(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let i = 0, n = 0; i < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    yield bytes.slice(i, i + size);
    i += size;
  }
}

function* slicesOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function decode(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
  wanted: Wanted = everything,
): Promise<Fields> {
  return protobuf.decodeList(slices(bytes, sizes), request, wanted, (item) => item);
}

const pod = (name: string): Uint8Array =>
  message([1, message([1, name], [3, "home"])], [2, message([10, "node-1"])], [3, message([1, "Running"])]);
const podJson = (name: string): Fields => ({
  metadata: { name, namespace: "home" },
  spec: { containers: null, nodeName: "node-1" },
  status: { phase: "Running" },
});
const names = Array.from({ length: 40 }, (_, i) => `pod-${"x".repeat(i * 3)}`);
const raw = message([1, message([2, "77"])], ...names.map((name) => [2, pod(name)] as const));
const list = envelope({ apiVersion: "v1", kind: "PodList", raw });
const listJson = { kind: "PodList", apiVersion: "v1", metadata: { resourceVersion: "77" }, items: names.map(podJson) };

describe("a list in protobuf", () => {
  test("is the same in any chunks", async () => {
    expect(await decode(list)).toEqual(listJson);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 9 }), async (sizes) => {
        expect(await decode(list, sizes)).toEqual(listJson);
      }),
    );
  });

  test("cut at any byte is an error", async () => {
    const short = envelope({ apiVersion: "v1", kind: "PodList", raw: message([2, pod("a")], [2, pod("b")]) });
    // The envelope's last fields may be missing.
    for (let end = 0; end < short.length - 4; end++)
      expect(await rejection(decode(short.subarray(0, end), [7]))).toBeInstanceOf(DecodeError);
  });

  test("an item over the ceiling is an error before it has come", async () => {
    const huge = Uint8Array.of(0x12, ...[0x80, 0x80, 0x80, 0x11], ...pod("a"));
    const body = envelope({ apiVersion: "v1", kind: "PodList", raw: huge });
    const error = await rejection(decode(body));
    expect(error).toBeInstanceOf(DecodeError);
    // It says that it is as long as its list.
    const typeMeta = message([1, message([1, "v1"], [2, "PodList"])]);
    const endless = Uint8Array.of(0x6b, 0x38, 0x73, 0, ...typeMeta, 0x12, ...[0x80, 0x80, 0x80, 0x12], ...huge);
    expect(await rejection(decode(endless))).toBeInstanceOf(LimitError);
  });

  test("holds what finish makes of each item, in order and as soon as it is decoded", async () => {
    const seen: unknown[] = [];
    let given = 0;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for await (const chunk of slices(list, [500])) {
        given++;
        yield chunk;
      }
    }
    const found = await protobuf.decodeList(chunks(), request, everything, (item) => {
      if (seen.length === 0) expect(given).toBeLessThan(3);
      return seen.push((item["metadata"] as Fields)["name"]);
    });
    expect(seen).toEqual(names);
    expect(found["items"]).toEqual(names.map((_, i) => i + 1));
  });

  test("an error of finish is the caller's own", async () => {
    const mine = new RangeError("mine");
    const decoding = protobuf.decodeList(slices(list, [99]), request, everything, () => {
      throw mine;
    });
    await expect(decoding).rejects.toBe(mine);
  });

  test("keeps nothing of the body", async () => {
    const chunks = Array.from(slicesOf(list, 999));
    const found = await protobuf.decodeList(each(chunks), request, everything, (item) => item);
    for (const chunk of chunks) chunk.fill(0x78);
    expect(found).toEqual(listJson);
  });

  test("lets others have their turn", async () => {
    const many = envelope({
      apiVersion: "v1",
      kind: "PodList",
      raw: message(...Array.from({ length: 20_000 }, (_, i) => [2, pod(`pod-${i}`)] as const)),
    });
    let decoded = 0;
    const turns: number[] = [];
    const timer = setInterval(() => turns.push(decoded), 0);
    await protobuf.decodeList(each([many]), request, everything, () => ++decoded);
    clearInterval(timer);
    expect(turns.some((count) => count > 0 && count < 20_000)).toBe(true);
  });

  test("without items has an empty list of them, in any order of fields", async () => {
    const empty = { kind: "PodList", apiVersion: "v1", metadata: {}, items: [] };
    expect(await decode(envelope({ apiVersion: "v1", kind: "PodList", raw: message() }), [5])).toEqual(empty);
    expect(await decode(envelope({ apiVersion: "v1", kind: "PodList", raw: message([1, ""]) }), [5])).toEqual(empty);
    const mixed = message([2, pod("a")], [1, message([2, "7"])], [2, pod("b")], [1, message([3, "next"])]);
    expect(await decode(envelope({ apiVersion: "v1", kind: "PodList", raw: mixed }), [11])).toEqual({
      ...empty,
      metadata: { resourceVersion: "7", continue: "next" },
      items: [podJson("a"), podJson("b")],
    });
  });

  test("whose items say what they are", async () => {
    const apiVersion = "meta.k8s.io/v1";
    const raw = message([2, message([1, message([1, "a"])])]);
    const body = envelope({ apiVersion, kind: "PartialObjectMetadataList", raw });
    for (const wanted of [everything, { managedFields: false, select: {}, shareStrings: true }])
      expect(await decode(body, [8], wanted)).toMatchObject({
        items: [{ apiVersion, kind: "PartialObjectMetadata", metadata: { name: "a" } }],
      });
  });

  test.each<readonly [string, Uint8Array]>([
    ["beside its items", message([1, ""], [7, "x"])],
    ["beside its items, a number", message([7, 1])],
    ["in its metadata", message([1, message([9, "x"])])],
    ["in an item", message([2, pod("a")], [2, message([44, ""])])],
  ])("with something new %s is beyond the schema", async (_, raw) => {
    const body = envelope({ apiVersion: "v1", kind: "PodList", raw });
    for (const size of [1, 9, 500]) expect(await rejection(decode(body, [size]))).toBeInstanceOf(BeyondSchema);
  });

  test("of a kind that is new is beyond the schema", async () => {
    const body = envelope({ apiVersion: "v9", kind: "PodList", raw });
    expect(await rejection(decode(body, [100]))).toBeInstanceOf(BeyondSchema);
  });

  test("what is no list comes as it is", async () => {
    const status = message([2, "Failure"], [3, "no"], [6, 403]);
    expect(await decode(envelope({ apiVersion: "v1", kind: "Status", raw: status }), [3])).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "no",
      code: 403,
    });
  });
});
