import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const here = new URL(".", import.meta.url).pathname;
const page = readFileSync(new URL("../../../docs/connecting.md", import.meta.url), "utf8");
const table = page.slice(page.indexOf("## Errors, and what to do"));
const sources = globSync("**/*.ts", { cwd: here, exclude: ["**/*.test.ts", "transport/**"] })
  .map((file) => readFileSync(`${here}${file}`, "utf8"))
  .join("\n");

/** The reason a message begins with, as the sources write it. */
function reasonsOfSources(): Set<string> {
  const made = sources.matchAll(/(?:ConfigError|AuthError)\(\s*[`"]([A-Z][a-z]+(?: [a-z]+)*):/g);
  return new Set([...made].map(([, reason = ""]) => reason));
}

test("every reason that the sources give stands in the documentation", () => {
  const reasons = reasonsOfSources();
  expect(reasons.size).toBeGreaterThan(20);
  expect([...reasons].filter((reason) => !table.includes(`${reason}: `))).toEqual([]);
});

test("every reason of the documentation is one that the sources give", () => {
  const documented = [...table.matchAll(/^\| `+([A-Z][a-z]+(?: [a-z]+)*): /gm)].map(([, reason = ""]) => reason);
  expect(documented.length).toBeGreaterThan(20);
  const missing = documented.filter(
    (reason) => !sources.includes(`${reason}: `) && !/^Invalid (token|ca|key|server)$/.test(reason),
  );
  expect(missing).toEqual([]);
});
