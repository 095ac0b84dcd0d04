import fc from "fast-check";
import { expect, test } from "vitest";
import { DetachKeys } from "./detach-keys.ts";

const [p, q, x] = [0x10, 0x11, 0x78];

function typed(...pieces: readonly (readonly number[])[]): { passed: number[]; detached: boolean } {
  const keys = new DetachKeys();
  const passed: number[] = [];
  for (const piece of pieces) {
    const { bytes, detached } = keys.push(new Uint8Array(piece));
    passed.push(...bytes);
    if (detached) return { passed, detached };
  }
  return { passed, detached: false };
}

test.each<[string, number[][], number[], boolean]>([
  ["both at once", [[x, p, q, x]], [x], true],
  ["one after the other", [[p], [q]], [], true],
  ["ctrl-p twice: the first is passed on", [[p, p, q]], [p], true],
  ["ctrl-q alone", [[q]], [q], false],
  ["ctrl-p and another key", [[p], [x]], [p, x], false],
  ["ctrl-p alone waits", [[x, p]], [x], false],
  ["another key between them", [[p, x, q]], [p, x, q], false],
])("%s", (_, pieces, passed, detached) => {
  expect(typed(...pieces)).toEqual({ passed, detached });
});

test("however it is cut: all that is before the two keys, and nothing else", () => {
  const byte = fc.oneof(fc.constantFrom(p, q), fc.nat(255));
  fc.assert(
    fc.property(fc.array(fc.array(byte)), (pieces) => {
      const all = pieces.flat();
      const at = all.findIndex((one, index) => one === p && all[index + 1] === q);
      const before = at < 0 ? all : all.slice(0, at);
      const { passed, detached } = typed(...pieces);
      const waits = !detached && before.at(-1) === p;
      expect(detached).toBe(at >= 0);
      expect(passed).toEqual(waits ? before.slice(0, -1) : before);
    }),
  );
});
