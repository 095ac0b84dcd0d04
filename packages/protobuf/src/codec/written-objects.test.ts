import fc from "fast-check";
import { expect, test } from "vitest";
import { Random, writtenObject } from "../../../../test/support/written-object.ts";
import { kinds } from "../gen/table.ts";
import { decode } from "../protobuf.ts";
import { type Encodable, encode } from "./encode.ts";
import { kubernetes } from "./kubernetes.ts";

test("what is written of any kind is read as a server says it", () => {
  const names = Object.keys(kinds).filter((name) => name !== "v1 WatchEvent");
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.integer(), (name, seed) => {
      const [apiVersion = "", kind = ""] = name.split(" ");
      const { given, served } = writtenObject(new Random(seed), kubernetes.kind(apiVersion, kind)!, apiVersion, kind);
      expect(decode(encode(given as Encodable))).toEqual(served);
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});
