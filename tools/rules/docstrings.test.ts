import { expect, test } from "vitest";
import { documentedIn, judge } from "./docstrings.ts";
import { repoOf } from "./repo.ts";

const entry = "packages/core/src/index.ts";

function documented(files: Readonly<Record<string, string>>): Record<string, boolean> {
  const found = documentedIn(repoOf(files), [entry]);
  return Object.fromEntries(
    found.map(({ where, docstring }) => [where.replace("packages/core/src/", ""), docstring !== undefined]),
  );
}

test("exported names and their members are found, with or without a docstring", () => {
  expect(
    documented({
      [entry]: 'export { f, v } from "./a.ts"; export type { I, T } from "./a.ts"; export { C } from "./c.ts";',
      "packages/core/src/a.ts": `
        /** What f does. */
        export function f(): void {}
        // Not a docstring.
        export const v = 1;
        /** What I is. */
        export interface I {
          /** One field. */
          readonly a: string;
          b(): void;
        }
        export type T = {
          /** One field. */
          c: 1;
        };
        export interface NotExported { d: 1 }
      `,
      "packages/core/src/c.ts": `
        /** What C is. */
        export class C {
          override readonly name = "C";
          readonly #own = 1;
          private hidden = 1;
          /** What m does. */
          m(): void {}
          get g(): number { return 1; }
          static s(): void {}
          constructor() {}
          [Symbol.iterator](): void {}
        }
      `,
    }),
  ).toEqual({
    "a.ts/f": true,
    "a.ts/v": false,
    "a.ts/I": true,
    "a.ts/I.a": true,
    "a.ts/I.b": false,
    "a.ts/T": false,
    "a.ts/T.c": true,
    "c.ts/C": true,
    "c.ts/C.m": true,
    "c.ts/C.g": false,
    "c.ts/C.s": false,
  });
});

test("of overloads one explains all; generated code and other packages' names are not counted", () => {
  expect(
    documented({
      [entry]:
        'export type { I } from "./a.ts"; export type { G } from "./gen/g.ts"; export { x } from "@kubewright/other";',
      "packages/core/src/a.ts": "/** I */ export interface I { /** f */ f(a: 1): void; f(a: 2): void }",
      "packages/core/src/gen/g.ts": "export interface G { a: 1 }",
    }),
  ).toEqual({ "a.ts/I": true, "a.ts/I.f": true });
});

const one = (where: string, docstring?: string) => ({ where, line: 1, docstring });

test("below 98 % each missing docstring is a breach; one of tags alone is none", () => {
  const many = Array.from({ length: 98 }, (_, index) => one(`a.ts/f${index}`, "* What it does. "));
  expect(judge([...many, one("a.ts/x"), one("a.ts/y")])).toEqual({
    problems: [],
    summary: "docstrings: 98 of 100 exported names and members (98.0 %)",
  });
  expect(judge([...many.slice(1), one("a.ts/x"), one("a.ts/y", "* @deprecated ")]).problems).toEqual([
    "a.ts/x:1: no docstring",
    "a.ts/y:1: no docstring",
  ]);
});

test("verbs and connect need an example", () => {
  const verb = "packages/core/src/types/capabilities.ts/Gets.get";
  const connect = "packages/node/src/connect.ts/connect";
  expect(judge([one(verb, "* Reads. "), one(connect, "* Connects. ")]).problems).toEqual([
    `${verb}:1: no @example`,
    `${connect}:1: no @example`,
  ]);
  expect(judge([one(verb, "* Reads.\n@example\nf() "), one("a.ts/X.get", "* Reads. ")]).problems).toEqual([]);
});
