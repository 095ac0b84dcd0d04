import type * as fs from "node:fs/promises";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { writeFileAtomically } from "./write-file.ts";

vi.mock("node:fs/promises", async (original) => ({
  ...(await original<typeof fs>()),
  // What Linux says when the target is a mount point.
  rename: () => Promise.reject(Object.assign(new Error("EBUSY: resource busy or locked"), { code: "EBUSY" })),
}));

test("a file that is mounted by itself is written in place, and nothing is left beside it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kubewright-write-"));
  try {
    await writeFile(join(folder, "config"), "much longer than before");
    await writeFileAtomically(join(folder, "config"), "new");
    expect(await readFile(join(folder, "config"), "utf8")).toBe("new");
    expect(await readdir(folder)).toEqual(["config"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
