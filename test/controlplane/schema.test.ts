import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { type Json, stableJson } from "../../openapi/stable-json.ts";

test("the wire schema in openapi/ is the one that the Go types have", async () => {
  const { stdout } = await promisify(execFile)(inject("controlPlane").binary, ["protobuf-schema"], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const stored = readFileSync(new URL("../../openapi/protobuf.json", import.meta.url), "utf8");
  expect(stableJson(JSON.parse(stdout) as Json) === stored).toBe(true);
});
