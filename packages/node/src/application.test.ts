import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { applicationName, defaultUserAgent } from "./application.ts";
import { version } from "./version.ts";

test("the application is called as its main script", () => {
  expect(applicationName(["/usr/bin/node", "/app/backup.mjs"], "/usr/bin/node")).toBe("backup");
  expect(applicationName(["/usr/bin/node"], "/usr/bin/node")).toBe("node");
  expect(applicationName(["/usr/bin/node", "/app/my job (1).js"], "/usr/bin/node")).toBe("my-job-1-");
  expect(applicationName(["/usr/bin/node", `/app/${"x".repeat(200)}.js`], "/usr/bin/node")).toHaveLength(128);
});

test("the version is the package's", async () => {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  expect((JSON.parse(text) as { version: string }).version).toBe(version);
  expect(defaultUserAgent("backup")).toBe(`kubewright/${version} (${process.platform}/${process.arch}) backup`);
});
