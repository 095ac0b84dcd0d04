import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "../../../../test/support/cpu-time.ts";
import { InputError } from "../errors/input-error.ts";
import { secretBytes, secretData, secretText } from "./secret-data.ts";

describe("secretData", () => {
  test("text goes as UTF-8, bytes as they are", () => {
    expect(secretData({ user: "x", empty: "", wide: "é😀", cert: Uint8Array.of(0, 255, 128) })).toEqual({
      user: "eA==",
      empty: "",
      wide: "w6nwn5iA",
      cert: "AP+A",
    });
  });

  test("__proto__ is a key like any other", () => {
    const data = secretData(JSON.parse('{"__proto__":"x"}') as Record<string, string>);
    expect(Object.keys(data)).toEqual(["__proto__"]);
    expect(secretText({ data }, "__proto__")).toBe("x");
    expect(secretText({ data: {} }, "__proto__")).toBeUndefined();
    expect(secretText({ data: {} }, "toString")).toBeUndefined();
  });

  test.each([5, null, undefined, {}, [1]])("%j is not a value", (value) => {
    expect(() => secretData({ key: value as unknown as string })).toThrow(
      expect.objectContaining({ field: "data.key" }),
    );
  });

  test("text that UTF-8 would change is refused", () => {
    expect(() => secretData({ key: "a\ud800" })).toThrow(InputError);
  });
});

describe("secretText and secretBytes", () => {
  test("a missing key is undefined, a missing data too", () => {
    expect(secretText({ data: {} }, "a")).toBeUndefined();
    expect(secretBytes({}, "a")).toBeUndefined();
  });

  test("line breaks are allowed, as the API server allows them", () => {
    expect(secretText({ data: { a: "aGVs\nbG8=\r\n" } }, "a")).toBe("hello");
  });

  test("a byte order mark stays", () => {
    expect(secretText({ data: secretData({ a: "\ufeffx" }) }, "a")).toBe("\ufeffx");
  });

  test.each(["hello", "aGVsbG8", "aGVs bG8=", "aGVsbG8==", "====", "a===", "aGV_bG8=", "aGVs-G8=", "é"])(
    "%j is no base64, and is not quoted",
    (value) => {
      expect(() => secretText({ data: { pass: value } }, "pass")).toThrow(InputError);
      expect(() => secretText({ data: { pass: value } }, "pass")).toThrow(
        "Invalid data.pass: it is not base64; encode plain values with secretData, or send them as stringData",
      );
    },
  );

  test("bytes that are not text are refused as text, and read as bytes", () => {
    expect(() => secretText({ data: { a: "/w==" } }, "a")).toThrow("read them with secretBytes");
    expect(secretBytes({ data: { a: "/w==" } }, "a")).toEqual(Uint8Array.of(255));
  });
});

test("what is encoded comes back", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.string({ unit: "grapheme" }))),
      (values) => {
        const secret = { data: secretData(values) };
        expect(Object.keys(secret.data)).toEqual(Object.keys(values));
        for (const [key, value] of Object.entries(values)) {
          expect(typeof value === "string" ? secretText(secret, key) : secretBytes(secret, key)).toEqual(value);
        }
      },
    ),
  );
});

test("megabytes are read and written in linear time", async () => {
  const bytes = Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 31) % 256);
  let back: Uint8Array | undefined;
  const ms = await cpuMs(() => (back = secretBytes({ data: secretData({ a: bytes }) }, "a")));
  expect(Buffer.compare(back ?? new Uint8Array(), bytes)).toBe(0);
  expect(ms).toBeLessThan(1000);
});
