import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shownAs } from "./shown-as.ts";

const secret = { held: "all that it holds" };

test("whoever inspects it sees its name and its fields, and nothing else", () => {
  const value = shownAs({ ...secret, port: 80 }, "Thing", ({ port }) => ({
    port,
    open: true,
    none: undefined,
    of: ["a"],
  }));
  for (const options of [{}, { depth: 0 }, { showHidden: true, depth: Infinity }])
    expect(inspect(value, options)).toBe('Thing { port: 80, open: true, of: ["a"] }');
  expect(inspect({ value })).toBe('{ value: Thing { port: 80, open: true, of: ["a"] } }');
  expect(inspect(shownAs({}, "Empty", () => ({})))).toBe("Empty {}");
});

test("the fields are those of the moment", () => {
  const value = shownAs({ state: "open" }, "Thing", ({ state }) => ({ state }));
  value.state = "closed";
  expect(inspect(value)).toBe('Thing { state: "closed" }');
});

test("a function can be shown, and a class through its prototype, also by those below it", () => {
  expect(
    inspect(
      shownAs(
        () => secret,
        "Dial",
        () => ({ proxy: "a" }),
      ),
    ),
  ).toBe('Dial { proxy: "a" }');
  class Thing {
    readonly #name: string;
    static {
      shownAs(this.prototype, "Thing", (thing) => ({ name: thing.#name }));
    }
    constructor(name: string) {
      this.#name = name;
    }
  }
  class Special extends Thing {}
  expect(inspect([new Thing("a"), new Special("b")])).toBe('[ Thing { name: "a" }, Thing { name: "b" } ]');
  expect(inspect(Thing.prototype)).toBe("{}");
});

test("it stays what it is: the same object, the same keys, the same JSON, the same copy", () => {
  const value = { ...secret };
  expect(shownAs(value, "Thing", () => ({}))).toBe(value);
  expect([Object.keys(value), JSON.stringify(value), { ...value }]).toEqual([["held"], JSON.stringify(secret), secret]);
  expect(inspect({ ...value })).toBe(inspect(secret));
});

test("no field moves the cursor of a terminal or begins a line of its own", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xff).map((code) => String.fromCharCode(code)) }), (field) => {
      // oxlint-disable-next-line no-control-regex -- They are what is looked for.
      expect(inspect(shownAs({}, "Thing", () => ({ field })))).not.toMatch(/[\u0000-\u001f]/);
    }),
  );
});
