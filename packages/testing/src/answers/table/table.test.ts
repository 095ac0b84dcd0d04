import { expect, test } from "vitest";
import { resourcesOf } from "../../knowledge/resources.ts";
import { humanDuration } from "./human-duration.ts";
import { rowsOf } from "./rows.ts";

/** Kinds that few people list, of which a Table shows the name and age. */
const reduced = ["resourcepoolstatusrequests", "componentstatuses"];

test("every kind, and every part of one that has columns, has a cell for each", () => {
  for (const resource of resourcesOf("all")) {
    for (const subresource of [undefined, ...resource.subresources]) {
      const known = (subresource ?? resource).columns;
      if (known === undefined) continue;
      const what = `${resource.group} ${resource.plural}/${subresource?.name ?? ""}`;
      const { cells, columns } = rowsOf(resource, subresource);
      // The real server gives addresses an age, too, for which it has no column.
      expect(cells.length, what).toBe(columns.length + (resource.kind === "IPAddress" ? 1 : 0));
      expect(columns.length === known.length, what).toBe(!reduced.includes(resource.plural));
    }
  }
});

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

// k8s.io/apimachinery pkg/util/duration/duration_test.go
test.each([
  [second, "1s"],
  [70 * second, "70s"],
  [190 * second, "3m10s"],
  [70 * minute, "70m"],
  [47 * hour, "47h"],
  [49 * hour, "2d1h"],
  [8 * day + 2 * hour, "8d"],
  [367 * day, "367d"],
  [365 * 2 * day + 25 * hour, "2y1d"],
  [365 * 8 * day + 2 * hour, "8y"],
  [0, "0s"],
  [second - 1, "0s"],
  [2 * minute - 1, "119s"],
  [2 * minute, "2m"],
  [10 * minute - 1, "9m59s"],
  [10 * minute, "10m"],
  [3 * hour - 1, "179m"],
  [3 * hour, "3h"],
  [3 * hour + minute, "3h1m"],
  [8 * hour - 1, "7h59m"],
  [2 * day, "2d"],
  [2 * day + hour, "2d1h"],
  [8 * day - 1, "7d23h"],
  [2 * 365 * day, "2y"],
  [2 * 365 * day + day, "2y1d"],
  [-second, "0s"],
  [-2 * second, "<invalid>"],
])("%i milliseconds are %s", (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});
