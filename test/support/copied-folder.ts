import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, onTestFinished } from "vitest";

/** Gives each test a folder of its own, which is removed after it; what it returns makes paths in it. */
export function folderOfEachTest(): (...names: readonly string[]) => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kubewright-copy-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  return (...names) => join(folder, ...names);
}

/** A tree of 9 files with what trees have: empty folders, a large file, and names that programs could take for something else. */
export function someTree(path: string): void {
  for (const name of ["", "empty", "deep/er", "[a]", "-d"]) mkdirSync(join(path, name), { recursive: true });
  for (const name of ["deep/er/file", "-d/-rf", "[a]/*", "with space", "new\nline", "ö", "n".repeat(255)])
    writeFileSync(join(path, name), `content of ${name}`);
  writeFileSync(join(path, "none"), "", { mode: 0o400 });
  writeFileSync(join(path, "large"), Buffer.alloc(1_500_000, "large "));
  chmodSync(join(path, "with space"), 0o751);
}

/** The names of all that lies in it. */
export function listOf(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" }).toSorted();
}
