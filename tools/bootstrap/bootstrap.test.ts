import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { inRoot } from "../lib/root.ts";

function bootstrap(...args: string[]): { readonly code: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot("tools", "bootstrap.mjs"), ...args], {
    encoding: "utf8",
  });
  return { code: status, text: stdout + stderr };
}

test.each([
  [[], "say which task"],
  [["nothing"], 'there is no task "nothing"'],
  [["../tasks/test"], "there is no task"],
])("%j is refused before anything is fetched", (args, message) => {
  const { code, text } = bootstrap(...args);
  expect(code).toBe(1);
  expect(text).toContain(message);
});

test("arguments reach the task and its exit code comes back", { timeout: 60_000 }, () => {
  const { code, text } = bootstrap("test", "--no-such-option");
  expect(code).toBe(1);
  expect(text).toContain("unknown option --no-such-option");
});
