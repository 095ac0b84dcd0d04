import { join, relative } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../outcome/fault.ts";
import { pathBelow } from "./path-below.ts";
import { TakenNames } from "./taken-names.ts";

const below = (path: string, root = "app", windows = false): readonly string[] => pathBelow(root, path, windows);

describe("paths", () => {
  test.each<[string, string, readonly string[]]>([
    ["app", "app", []],
    ["app", "app/", []],
    ["app", "app/a/b", ["a", "b"]],
    ["app", "app/ a b /[x]*/-n/\n/ö/at 10:30", [" a b ", "[x]*", "-n", "\n", "ö", "at 10:30"]],
    [".", "./", []],
    [".", "./.hidden/..data", [".hidden", "..data"]],
    ["a.b", "a.b/x", ["x"]],
  ])("of %s: %j", (root, path, names) => {
    expect(below(path, root)).toEqual(names);
  });

  test.each<[string, RegExp]>([
    ["/etc/passwd", /absolute/],
    ["/app/x", /absolute/],
    ["..", /does not lie in/],
    ["../app/x", /does not lie in/],
    ["application/x", /does not lie in/],
    ["app/../../x", /\.\. stands in it/],
    ["app/a/..", /\.\. stands in it/],
    ["app/./x", /\. stands in it/],
    ["app//x", /empty/],
    ["app/x//", /empty/],
    ["app/a\0b", /NUL/],
    ["app/a\\..\\..\\b", /backslash/],
    ["app/C:/Windows", /drive/],
    ["app/c:x", /drive/],
    ["app/CON", /device/],
    ["app/aux.txt", /device/],
    ["app/nul ", /device/],
    ["app/com1:x", /device/],
    ["app/LPT¹.log", /device/],
    [`app/${"x".repeat(256)}`, /longer than 255/],
    [`app/${"ö".repeat(128)}`, /longer than 255/],
    [`app/${"a/".repeat(128)}x`, /more than 128 folders/],
    [`app/${`${"y".repeat(200)}/`.repeat(21)}x`, /longer than 4096/],
  ])("%j is refused", (path, why) => {
    expect(() => below(path)).toThrow(why);
    expect(() => below(path)).toThrow(Fault);
  });

  test.each(["app/a?", "app/a.", "app/a ", 'app/"', "app/log:1", "app/\u0001"])(
    "%j is refused on Windows alone",
    (path) => {
      expect(below(path)).toHaveLength(1);
      expect(() => below(path, "app", true)).toThrow(/Windows/);
    },
  );

  test("whatever comes, it lies below the root or is refused", () => {
    const part = fc.constantFrom(
      "..",
      ".",
      "",
      "/",
      "a",
      "app",
      "\\",
      "C:",
      "\0",
      "...",
      "é",
      " ",
      "~",
      "%2e%2e",
      "．．",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom("app", "."), (parts, root) => {
        const path = parts.join("/");
        for (const whole of [path, `${root}/${path}`]) {
          let names: readonly string[];
          try {
            names = below(whole, root);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
            continue;
          }
          const at = relative("/target", join("/target", ...names));
          expect(at.split("/")).not.toContain("..");
          expect(at).toBe(names.join("/"));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("names that are taken", () => {
  const taking =
    (...paths: readonly (readonly [string, "file" | "folder" | "left out"])[]) =>
    () => {
      const names = new TakenNames();
      for (const [path, what] of paths) names.take(path === "" ? [] : path.split("/"), what);
    };

  test("a folder comes as often as it likes, before what is in it or behind", () => {
    expect(taking(["", "folder"], ["a/b", "file"], ["a", "folder"], ["a/c", "file"], ["a", "folder"])).not.toThrow();
  });

  test.each<[string, readonly (readonly [string, "file" | "folder" | "left out"])[], RegExp]>([
    [
      "a file twice",
      [
        ["a", "file"],
        ["a", "file"],
      ],
      /twice/,
    ],
    [
      "a file where a folder is",
      [
        ["a/b", "file"],
        ["a", "file"],
      ],
      /twice/,
    ],
    [
      "a way through a file",
      [
        ["a", "file"],
        ["a/b", "file"],
      ],
      /no folder/,
    ],
    [
      "a way through a link",
      [
        ["a", "left out"],
        ["a/b/c", "file"],
      ],
      /no folder/,
    ],
    [
      "a file for the root",
      [
        ["", "file"],
        ["a", "file"],
      ],
      /no folder/,
    ],
    [
      "a link for what was a folder",
      [
        ["a/b", "file"],
        ["a", "left out"],
      ],
      /twice/,
    ],
    [
      "another case",
      [
        ["README", "file"],
        ["readme", "file"],
      ],
      /case does not count/,
    ],
    [
      "another case of a folder",
      [
        ["Src/a", "file"],
        ["src/b", "file"],
      ],
      /case does not count/,
    ],
    [
      "another form of an accent",
      [
        ["caf\u00e9", "file"],
        ["cafe\u0301", "file"],
      ],
      /case does not count/,
    ],
    [
      "an ß",
      [
        ["straße", "file"],
        ["STRASSE", "file"],
      ],
      /case does not count/,
    ],
  ])("%s is refused", (_, paths, why) => {
    expect(taking(...paths)).toThrow(why);
  });
});
