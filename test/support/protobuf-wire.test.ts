import { expect, test } from "vitest";
import {
  bytesAt,
  envelope,
  enveloped,
  fieldsOf,
  frame,
  framed,
  joined,
  message,
  splitFrames,
  textAt,
  withText,
} from "./protobuf-wire.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("messages are written as protobuf.dev/programming-guides/encoding says", () => {
  expect(hex(message([1, 150]))).toBe("089601");
  expect(hex(message([2, "testing"]))).toBe("120774657374696e67");
  expect(hex(message([3, message([1, 150])]))).toBe("1a03089601");
  expect(hex(message([1, -2]))).toBe("08feffffffffffffffff01");
  expect(hex(message([17, ""], [16, 2n ** 63n - 1n]))).toBe("8a01008001ffffffffffffffff7f");
});

test("fields are read as they were written, and what is broken is told", () => {
  const bytes = message([1, 0], [2, "é€😀"], [200, 300], [2, new Uint8Array([0, 255])]);
  expect(fieldsOf(bytes)).toEqual([
    [1, 0n],
    [2, new TextEncoder().encode("é€😀")],
    [200, 300n],
    [2, new Uint8Array([0, 255])],
  ]);
  expect(hex(message(...fieldsOf(bytes)))).toBe(hex(bytes));
  expect(() => fieldsOf(bytes.subarray(0, -1))).toThrow("longer than its message");
  expect(() => fieldsOf(new Uint8Array([8, 128]))).toThrow("ends within a number");
  expect(() => fieldsOf(new Uint8Array([13, 0, 0, 0, 0]))).toThrow("field 1 has wire type 5");
});

test("a text deep within is read and changed, and all else stays", () => {
  const bytes = message([1, message([5, "u"], [6, "9"], [7, 1])], [2, "x"]);
  expect([textAt(bytes, 1, 6), textAt(bytes, 3, 1), bytesAt(bytes, 1, 9).length]).toEqual(["9", "", 0]);
  expect(hex(withText(bytes, [1, 6], "1000"))).toBe(
    hex(message([1, message([5, "u"], [6, "1000"], [7, 1])], [2, "x"])),
  );
});

test("envelopes and frames are opened again, in whatever pieces frames come", () => {
  const object = { apiVersion: "apps/v1", kind: "Deployment", raw: message([1, message([1, "a"])]) };
  expect(hex(envelope(object))).toBe(
    ["6b387300", "0a15", "0a07617070732f7631", "120a4465706c6f796d656e74", "1205", "0a030a0161", "1a00", "2200"].join(
      "",
    ),
  );
  expect(enveloped(envelope(object))).toEqual(object);
  const [one, two] = [frame("ADDED", envelope(object)), frame("DELETED", envelope(object))];
  expect(framed(one)).toEqual({ type: "ADDED", ...object });
  const both = joined([one, two]);
  for (let at = 0; at <= both.length; at++) {
    const { frames, rest } = splitFrames(both.subarray(0, at));
    expect(frames.length).toBe(at === both.length ? 2 : at >= one.length ? 1 : 0);
    expect(hex(joined([...frames, rest]))).toBe(hex(both.subarray(0, at)));
  }
  expect(() => enveloped(new TextEncoder().encode("{}"))).toThrow("does not begin with k8s");
});
