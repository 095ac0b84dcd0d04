import { DecodeError, type Fields, LimitError, type Wanted } from "@kubewright/core";
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
