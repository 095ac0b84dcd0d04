import { BeyondSchema, ConnectionError, DecodeError, LimitError, type Wanted } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelope, frame, joined, message } from "../../../../test/support/protobuf-wire.ts";
import { protobuf } from "../protobuf.ts";

const request = { verb: "watch", path: "/api/v1/pods" };
const everything: Wanted = { managedFields: true, select: undefined, shareStrings: false };

const pod = (name: string): Uint8Array =>
  envelope({
    apiVersion: "v1",
    kind: "Pod",
    raw: message([1, message([1, name], [17, message([1, "kubelet"])])], [2, message([10, "node-1"])]),
  });
const podJson = (name: string): unknown => ({
  kind: "Pod",
  apiVersion: "v1",
  metadata: { name, managedFields: [{ manager: "kubelet" }] },
  spec: { containers: null, nodeName: "node-1" },
  status: {},
});
const status = envelope({ apiVersion: "v1", kind: "Status", raw: message([2, "Failure"], [4, "Expired"], [6, 410]) });
const statusJson = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  reason: "Expired",
  code: 410,
};

const types = ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"] as const;
const names = Array.from({ length: 30 }, (_, i) => `pod-${"x".repeat(i * 7)}`);
const frames = [...names.map((name, i) => frame(types[i % 4]!, pod(name))), frame("ERROR", status)];
const bytes = joined(frames);
const events = [
  ...names.map((name, i) => ({ type: types[i % 4], object: podJson(name) })),
  { type: "ERROR", object: statusJson },
];

async function collect(body: Uint8Array, sizes: readonly number[], wanted = everything): Promise<unknown[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0, n = 0; i < body.length; n++) {
      const size = sizes[n % sizes.length] ?? 1;
      yield body.subarray(i, i + size);
      i += size;
    }
  }
  const found: unknown[] = [];
  try {
    for await (const event of protobuf.decodeEvents(chunks(), request, wanted)) found.push(event);
  } catch (error) {
    found.push(error);
  }
  return found;
}

describe("a watch in protobuf", () => {
  test("is the same in any chunks", async () => {
    expect(await collect(bytes, [bytes.length])).toEqual(events);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 9 }), async (sizes) => {
        expect(await collect(bytes, sizes)).toEqual(events);
      }),
    );
    expect(await collect(new Uint8Array(0), [1])).toEqual([]);
  });

  test("hands out an event as soon as it is there", async () => {
    let sent = 0;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (const one of frames) {
        sent++;
        yield one;
      }
    }
    let seen = 0;
    for await (const { type } of protobuf.decodeEvents(chunks(), request, everything)) {
      expect(type).toBe(events[seen]?.type);
      expect(sent).toBe(++seen);
    }
    expect(seen).toBe(frames.length);
  });

  test("cut at any byte gives every whole event, then an error unless the cut is between two", async () => {
    const few = frames.slice(0, 5);
    const body = joined(few);
    const ends = few.map((_, i) => joined(few.slice(0, i + 1)).length);
    for (let end = 0; end <= body.length; end++) {
      const found = await collect(body.subarray(0, end), [37]);
      const whole = ends.filter((at) => at <= end).length;
      expect(found.slice(0, whole)).toEqual(events.slice(0, whole));
      if (end === 0 || ends.includes(end)) expect(found).toHaveLength(whole);
      else {
        expect(found).toHaveLength(whole + 1);
        expect(found[whole]).toBeInstanceOf(ConnectionError);
        expect(String(found[whole])).toContain("in the middle of an event (watch /api/v1/pods)");
      }
    }
  });

  test("decodes what is wanted of what changed, and all of the rest", async () => {
    const wanted: Wanted = { managedFields: false, select: { spec: { nodeName: true } }, shareStrings: true };
    const found = await collect(bytes, [1000], wanted);
    expect(found[0]).toEqual({
      type: "ADDED",
      object: { kind: "Pod", apiVersion: "v1", metadata: { name: "pod-" }, spec: { nodeName: "node-1" } },
    });
    expect(found.slice(3, 4)).toEqual(events.slice(3, 4));
    expect(found.at(-1)).toEqual(events.at(-1));
  });

  test("a type that nobody knows comes as it is", async () => {
    expect(await collect(frame("NEW", pod("a")), [9])).toEqual([{ type: "NEW", object: podJson("a") }]);
  });

  test("that is refused behind a 200 is an ERROR", async () => {
    for (const size of [1, 3, 1000])
      expect(await collect(status, [size])).toEqual([{ type: "ERROR", object: statusJson }]);
    expect(await collect(pod("a"), [5])).toEqual([{ type: undefined, object: podJson("a") }]);
    expect((await collect(status.subarray(0, 20), [5]))[0]).toBeInstanceOf(DecodeError);
  });

  test.each<readonly [string, Uint8Array, abstract new (...args: never[]) => Error]>([
    ["an event over the ceiling", Uint8Array.of(2, 0, 0, 1, 10), LimitError],
    ["an event without an object", lengthed(message([1, "ADDED"])), DecodeError],
    ["an event whose object is empty", lengthed(message([1, "ADDED"], [2, ""])), DecodeError],
    [
      "an object without an envelope",
      lengthed(message([1, "ADDED"], [2, message([1, message([1, ""])])])),
      DecodeError,
    ],
    ["an empty event", Uint8Array.of(0, 0, 0, 0), DecodeError],
    [
      "an event with a field that is new",
      lengthed(message([1, "ADDED"], [2, message([1, pod("a")])], [3, "x"])),
      BeyondSchema,
    ],
    [
      "an object with a field that is new",
      frame("ADDED", envelope({ apiVersion: "v1", kind: "Pod", raw: message([77, ""]) })),
      BeyondSchema,
    ],
    ["a kind that is new", frame("ADDED", envelope({ apiVersion: "v9", kind: "Pod", raw: message() })), BeyondSchema],
  ])("%s is an error after the events before it", async (_, body, type) => {
    const found = await collect(joined([frames[0]!, body]), [64]);
    expect(found).toHaveLength(2);
    expect(found[0]).toEqual(events[0]);
    expect(found[1]).toBeInstanceOf(type);
  });

  test("what breaks the connection passes through", async () => {
    const broken = new Error("broken");
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield frames[0]!;
      throw broken;
    }
    const reading = protobuf.decodeEvents(chunks(), request, everything)[Symbol.asyncIterator]();
    expect((await reading.next()).value).toEqual(events[0]);
    await expect(reading.next()).rejects.toBe(broken);
  });
});

function lengthed(event: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(0, 0, event.length >> 8, event.length & 255), event]);
}
