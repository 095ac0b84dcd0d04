import { parseJson } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { type Encodable, encode } from "./codec/encode.ts";
import goldenCases from "./golden/cases.json" with { type: "json" };
import { decode, protobuf } from "./protobuf.ts";

// Made by Go, see test/protobuf/golden.ts.
const cases = goldenCases.map(({ json, protobuf: base64, ...made }) => ({
  ...made,
  name: `${made.kind} ${made.number}`,
  wanted: parseJson(json) as Encodable,
  hasNull: json.includes("null"),
  bytes: new Uint8Array(Buffer.from(base64, "base64")),
}));
const objects = cases.filter(({ kind }) => kind !== "WatchEvent");
const events = cases.filter(({ kind }) => kind === "WatchEvent");

describe("what Go wrote", () => {
  test.each(objects)("$name is read as its JSON", ({ bytes, wanted }) => {
    expect(decode(bytes)).toStrictEqual(wanted);
  });

  test.each(objects.filter(({ hasNull }) => !hasNull))("$name is written as it was read", ({ bytes, wanted }) => {
    expect(decode(encode(decode(bytes) as Encodable))).toStrictEqual(wanted);
  });

  test("events of a watch are read as in JSON, however they arrive", async () => {
    const stream = Buffer.concat(events.flatMap(({ bytes }) => [lengthOf(bytes), bytes]));
    async function* arriving(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < stream.length; at += 7) yield stream.subarray(at, at + 7);
    }
    const wanted = { managedFields: true, select: undefined, shareStrings: false };
    const read: unknown[] = [];
    for await (const event of protobuf.decodeEvents(arriving(), { verb: "watch", path: "/" }, wanted)) read.push(event);
    expect(read).toStrictEqual(events.map((event) => event.wanted));
  });
});

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}
