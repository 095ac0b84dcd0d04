import { expect, test } from "vitest";
import { compareWithList, differencesIn } from "./differences.ts";

const text = `
| Cell | Where | Why |
| --- | --- | --- |
| \`a cell\` | \`body.details\` | because |
| \`a cell\` | \`body.message\` | because |
| \`another, without a reason\` | \`body\` |  |
`;

test("a line lists a place and what lies within it, in its cell", () => {
  const listed = differencesIn(text);
  expect(listed).toEqual([
    { cell: "a cell", at: "body.details" },
    { cell: "a cell", at: "body.message" },
  ]);
  const found = [
    { cell: "a cell", at: "body.details.causes" },
    { cell: "another cell", at: "body.details" },
  ];
  expect(compareWithList(listed, found)).toEqual({ unlisted: [found[1]], idle: [listed[1]] });
});
