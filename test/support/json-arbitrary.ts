import fc from "fast-check";

/** Keys that break clients: prototype names, 4-byte characters, empty. */
const keys = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", "ä€😀", "a/b~c", "\u2028"),
  fc.string({ maxLength: 8, unit: "grapheme" }),
);

const integers = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n),
  )
  .map(String);

const text = fc.oneof(
  fc.string({ maxLength: 20, unit: "binary" }).filter((value) => !/\p{Surrogate}/u.test(value)),
  fc.constantFrom("😀", "9007199254740993", "\u0000", "\\u0041", '"items":[1,2]', "\u2028\u2029"),
);

/** JSON texts of any shape: written by hand, so that numbers keep digits that a JavaScript number would lose. */
export function jsonText(depth = 3): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    integers,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    text.map((value) => JSON.stringify(value)),
    fc.constantFrom("null", "true", "false"),
  );
  if (depth === 0) return leaf;
  const inner = jsonText(depth - 1);
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 4 }).map((items) => `[${items.join(",")}]`) },
    { weight: 2, arbitrary: jsonObjectText(inner) },
  );
}

/** JSON objects, without a key twice. */
export function jsonObjectText(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(keys, inner), { maxLength: 5, selector: ([key]) => key })
    .map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`);
}

/** A canonical text: keys sorted, numbers as the JSON text has them but for the spelling of doubles. */
export function canonical(json: string): string {
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { source: string }) => unknown,
  ) => unknown;
  const exact = (_: string, value: unknown, { source }: { source: string }): unknown => {
    if (typeof value !== "number") return value;
    return /^-?\d+$/.test(source)
      ? `integer ${BigInt(source)}`
      : Number.isSafeInteger(value)
        ? `integer ${BigInt(value)}`
        : `double ${value}`;
  };
  return JSON.stringify(sorted(parse(json, exact)));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
