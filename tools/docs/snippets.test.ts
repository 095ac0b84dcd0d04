import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";
import { readPages } from "./pages.ts";
import { blocksOf, columnsOf, isNotRun, printedBy, programOf } from "./snippets.ts";

const page = (text: string) => ({ path: "docs/a.md", text });

describe("the blocks of a page", () => {
  test("each has its language, what its fence says, its code and its line", () => {
    const text =
      "# A\n\n```ts\nconst a = 1;\n```\n\n```ts not run: no network\nb();\n```\n\n```yaml a.yaml\nkind: A\n```\n";
    expect(blocksOf(text)).toEqual([
      { language: "ts", info: "", code: "const a = 1;\n", line: 2 },
      { language: "ts", info: "not run: no network", code: "b();\n", line: 6 },
      { language: "yaml", info: "a.yaml", code: "kind: A\n", line: 10 },
    ]);
    expect(blocksOf(text).map(isNotRun)).toEqual([false, true, false]);
  });

  test("none of our own pages has a block that is overlooked", () => {
    for (const { path, text } of readPages()) {
      const fences = text.match(/^```\w/gm) ?? [];
      expect([path, blocksOf(text).length]).toEqual([path, fences.length]);
    }
  });

  test("a fence whose words are no rule is not taken for one that need not run", () => {
    expect(blocksOf("```ts not run\na();\n```\n").map(isNotRun)).toEqual([false]);
  });

  test("two columns are two programs", () => {
    const text = "<table>\n\n```ts\nleft();\n```\n\n```ts\nright();\n```\n\n</table>\n";
    expect(columnsOf(page(text)).map((blocks) => blocks.map(({ code }) => code))).toEqual([
      ["left();\n"],
      ["right();\n"],
    ]);
  });
});

describe("the program of a page", () => {
  const text =
    '# A\n\n```ts\nimport { a } from "m";\n\nconst b = a;\n```\n\n```ts\nimport { a, type T } from "m";\nexport const b = (1 as T) && a;\n```\n';
  const program = programOf(page(text), blocksOf(text)).text;

  test("keeps the page's lines", () => {
    const lines = program.split("\n");
    expect(lines).toHaveLength(text.split("\n").length);
    expect(lines[5]).toBe("const b = a;");
    expect(lines[10]).toBe("const b = (1 as T) && a;");
  });

  test("imports each name once, and may declare names anew", () => {
    expect(program.split("\n")[0]).toBe('import { a } from "m"; import { type T } from "m"; export {}; ');
    expect(() => stripTypeScriptTypes(program)).not.toThrow();
  });

  test("imports over several lines keep them", () => {
    const text = '\n```ts\nimport {\n  a,\n  b,\n} from "m";\na(b);\n```\n';
    const lines = programOf(page(text), blocksOf(text)).text.split("\n");
    expect(lines[0]).toContain('import { a } from "m"; import { b } from "m";');
    expect(lines[6]).toBe("a(b);");
  });
});

test("what stands behind console.log must be printed, with … for anything", () => {
  const [first, second] = printedBy(
    blocksOf("```ts\nconsole.log(a); // (1)\n  if (x) console.log(b); // v1.…\nc(); // no\n```\n"),
  );
  expect(["(1)", "1"].map((line) => first?.test(line))).toEqual([true, false]);
  expect(["v1.36.3", "v136"].map((line) => second?.test(line))).toEqual([true, false]);
});
