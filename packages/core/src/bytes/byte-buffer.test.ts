import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteBuffer } from "./byte-buffer.ts";

test("holds what was added and not dropped, whatever the sizes", () => {
  const step = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const buffer = new ByteBuffer();
      let expected: number[] = [];
      for (const [index, [size, part]] of steps.entries()) {
        const bytes = new Uint8Array(size).fill(index + 1);
        buffer.add(bytes);
        expected.push(...bytes);
        bytes.fill(0); // the source may use it again
        const count = Math.floor(buffer.length * part);
        expect(Array.from(buffer.view(count))).toEqual(expected.slice(0, count));
        buffer.drop(count);
        expected = expected.slice(count);
      }
      expect(Array.from(buffer.view())).toEqual(expected);
      expect(buffer.length).toBe(expected.length);
    }),
  );
});
