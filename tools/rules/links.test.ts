import { expect, test } from "vitest";
import { links } from "./links.ts";
import { repoOf } from "./repo.ts";

const problems = (text: string): readonly string[] =>
  links.check(
    repoOf({
      "docs/a.md": text,
      "docs/b.md": "# B\n\n## What is `x`, and why?\n\n## Same\n\n## Same\n\n```\n## In code\n```\n",
      "packages/core/README.md": "# Core\n",
    }),
  );

test("files, folders, headings and addresses of the web may be linked", () => {
  const text =
    "# A\n[b](b.md) [h](b.md#what-is-x-and-why) [second](b.md#same-1) [own](#a) [up](../packages/core/) [web](https://example.com/x.md) [home](https://github.com/kubewright/kubewright/blob/main/docs/b.md#same)\n";
  expect(problems(text)).toEqual([]);
});

test.each([
  ["a file that is not there", "[c](c.md)"],
  ["a folder that is not there", "[c](../packages/node/)"],
  ["a heading that is not there", "[b](b.md#other)"],
  ["a heading of its own that is not there", "[b](#b)"],
  ["what is a heading in code only", "[b](b.md#in-code)"],
  ["a third of two equal headings", "[b](b.md#same-2)"],
  ["a file that is not there, by its address,", "[b](https://github.com/kubewright/kubewright/blob/main/docs/c.md)"],
  [
    "a heading that is not there, by its address,",
    "[b](https://github.com/kubewright/kubewright/blob/main/docs/b.md#c)",
  ],
  ["a path from the top, as only some sites have it", "[b](/docs/b.md)"],
])("%s may not be linked", (_what, text) => {
  expect(problems(`\n${text}\n`)).toEqual([expect.stringMatching(/^docs\/a\.md:2: /)]);
});

test("code is not looked at", () => {
  expect(problems("`[c](c.md)`\n\n```md\n[c](c.md)\n```\n")).toEqual([]);
});
