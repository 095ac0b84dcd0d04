import { expect, test } from "vitest";
import { syntaxOf } from "./syntax.ts";

test("every form of import is seen, with its line", () => {
  const text = [
    'import { a } from "a";',
    'import type { B } from "b";',
    'import { type C } from "c";',
    'import "d";',
    'export { e } from "e";',
    'export type { F } from "f";',
    'export * from "g";',
    'const h = await import("h");',
    'export type I = import("i").I;',
    '// import "comment";',
    'const text = `import "template"`;',
  ].join("\n");
  const seen = syntaxOf("x.ts", text).imports.map(
    ({ specifier, line, typeOnly, dynamic }) =>
      `${line} ${specifier}${typeOnly ? " type" : ""}${dynamic ? " dynamic" : ""}`,
  );
  expect(seen.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual([
    "1 a",
    "2 b type",
    "3 c type",
    "4 d",
    "5 e",
    "6 f type",
    "7 g",
    "8 h dynamic",
    "9 i type",
  ]);
});

test("exports keep their names and kinds", () => {
  const text =
    'export const a = 1; export type { B } from "b"; export interface C {} export default a; export * from "d";';
  expect(syntaxOf("y.ts", text).exports.map(({ name, typeOnly }) => [name, typeOnly])).toEqual([
    ["a", false],
    ["B", true],
    ["C", true],
    ["default", false],
    [undefined, false],
  ]);
});

test("enums and namespaces are found, an augmentation is not one", () => {
  const { enums, namespaces } = syntaxOf(
    "z.ts",
    'enum A {}\nnamespace B {}\ndeclare global {}\ndeclare module "x" {}\nexport {};',
  );
  expect([enums, namespaces]).toEqual([[1], [2]]);
});

test("a file that does not parse throws with its name", () => {
  expect(() => syntaxOf("broken.ts", "const = ;")).toThrow("broken.ts");
});
