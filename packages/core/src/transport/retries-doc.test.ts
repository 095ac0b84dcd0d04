import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createResends, type ResendReason } from "./resends.ts";

const page = readFileSync(new URL("../../../../docs/retries.md", import.meta.url), "utf8");

// In the order of the page's table, each with a request that it holds for and one that it does not.
const rows: readonly (readonly [ResendReason, holds: Row, not: Row | undefined])[] = [
  ["busy", ["POST", "refused"], ["POST", "never"]],
  ["failing", ["PUT", "safe"], ["POST", "refused"]],
  ["lost", ["GET", "safe"], ["PUT", "safe"]],
  ["truncated", ["GET", "safe"], ["PUT", "safe"]],
  ["unauthorized", ["POST", "never"], undefined],
  ["certificates", ["POST", "never"], undefined],
  ["unprocessed", ["POST", "never"], undefined],
  ["unreadable", ["GET", "never"], ["PUT", "safe"]],
  ["unsupported", ["POST", "never"], undefined],
];
type Row = readonly [method: "GET" | "PUT" | "POST", replay: "safe" | "refused" | "never"];

test("docs/retries.md says of each reason how often a call is sent again", () => {
  const table = page.slice(page.indexOf("| Reason |"), page.indexOf("\n\n", page.indexOf("| Reason |")));
  const said = table
    .split("\n")
    .slice(2)
    .map((row) => Number(row.split("|")[3]));
  const count = (reason: ResendReason, [method, replay]: Row): number => {
    const resends = createResends({ method, replay }, { left: 10 });
    let times = 0;
    while (resends.allow(reason)) times += 1;
    return times;
  };
  expect(said).toEqual(rows.map(([reason, holds]) => count(reason, holds)));
  expect(rows.map(([reason, , not]) => (not === undefined ? 0 : count(reason, not)))).toEqual(rows.map(() => 0));
});
