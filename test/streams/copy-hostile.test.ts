import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyFrom, type CopyResult, type PodsWithFiles } from "@kubewright/copy";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { hostileArchives, randomArchive } from "./hostile-archives.ts";
import { podsWithPath } from "./pods-with-path.ts";
import { held, runningPod } from "./support.ts";

// The container's tar is the attacker's: it sends what it likes. Containers see this machine's files.
const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
let folder = "";
let pods: PodsWithFiles;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-hostile-"));
  mkdirSync(join(folder, "bin"));
  // Called as `tar -C FOLDER …`.
  writeFileSync(join(folder, "bin", "tar"), '#!/bin/sh\ncat "$2/archive"\n', { mode: 0o755 });
  await runningPod(own.pods, "hostile");
  pods = podsWithPath(own.pods, `${join(folder, "bin")}:/usr/bin:/bin`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What stands around the place that is copied to. */
function around(parent: string): readonly string[] {
  return readdirSync(parent, { recursive: true, encoding: "utf8", withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(parent, "target")))
    .map((path) => {
      const { mode, size, mtimeMs, nlink, ino } = lstatSync(path);
      // The parent of the place itself changes when the place is made.
      return `${path} ${mode} ${size} ${nlink} ${ino} ${mtimeMs} ${lstatSync(path).isFile() ? readFileSync(path, "latin1") : ""}`;
    })
    .toSorted();
}

/** Copies it, watched from the parent of the place; gives what came of it. */
async function copied(...archives: readonly Uint8Array[]): Promise<CopyResult | string> {
  const parent = join(folder, String(count++));
  for (const name of ["served", "outside", "app-outside"]) mkdirSync(join(parent, name), { recursive: true });
  writeFileSync(join(parent, "outside", "kept"), "kept");
  let outcome: CopyResult | string = "";
  for (const archive of archives) {
    writeFileSync(join(parent, "served", "archive"), archive);
    const before = around(parent);
    const limits = { maxEntries: 1000, maxBytes: 1_000_000, retries: 0 };
    outcome = await copyFrom(pods, "hostile", join(parent, "served", "app"), join(parent, "target"), limits).catch(
      String,
    );
    expect(around(parent)).toEqual(before);
  }
  expect(readdirSync(tmpdir()).filter((name) => name === "kubewright-outside")).toEqual([]);
  for (const path of inTarget(parent)) {
    const found = lstatSync(path);
    expect([path, found.isFile() || found.isDirectory(), found.mode & 0o7000]).toEqual([path, true, 0]);
    if (found.isFile()) expect([path, found.nlink, path.endsWith(".part")]).toEqual([path, 1, false]);
  }
  return outcome;
}

function inTarget(parent: string): readonly string[] {
  const names = readdirSync(parent).filter((name) => name.startsWith("target"));
  expect(names.every((name) => name === "target")).toBe(true);
  if (names.length === 0 || lstatSync(join(parent, "target")).isFile()) return names.map((name) => join(parent, name));
  return readdirSync(join(parent, "target"), { recursive: true, encoding: "utf8" }).map((name) =>
    join(parent, "target", name),
  );
}

/** So many at once: each is a command of its own. */
async function each<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
    }),
  );
}

describe("archives of an attacker", () => {
  test(`${hostileArchives.length} of them make nothing outside of the place, and nothing but files and folders in it`, async () => {
    expect(hostileArchives.length).toBeGreaterThanOrEqual(150);
    const wrong: string[] = [];
    await each(hostileArchives, async ({ name, archive, outcome }) => {
      const came = await copied(archive);
      const asExpected =
        outcome === "refused"
          ? typeof came === "string" && /^CopyError: CopyFailed: (?!tar ended)/.test(came)
          : typeof came === "object";
      if (!asExpected) wrong.push(`${name}: ${typeof came === "string" ? came : JSON.stringify(came)}`);
    });
    expect(wrong).toEqual([]);
  });

  test("in two steps: a link first, and what goes through it in the next copy", async () => {
    const [first] = hostileArchives.filter(({ name }) => name.includes("CVE-2025-45582"));
    const second = hostileArchives.filter(({ name }) => name.includes("only look like it"));
    for (const { archive } of second)
      expect(await copied(first?.archive ?? new Uint8Array(0), archive)).toMatchObject({ files: 6 });
  });

  test("150 random ones: an error, or what was left out has a reason", async () => {
    await each(
      Array.from({ length: 150 }, (_, seed) => seed),
      async (seed) => {
        const came = await copied(randomArchive(seed));
        if (typeof came === "string") expect(`${seed} ${came}`).toContain(" CopyError: CopyFailed: ");
        else expect(came.skipped.every(({ reason }) => reason !== "")).toBe(true);
      },
    );
  });

  test("a tar that never ends is left when it sends more than was allowed", async () => {
    const parent = join(folder, "endless");
    mkdirSync(parent);
    await own.pods.exec("hostile", { command: ["mkfifo", join(parent, "archive")] }).output();
    const writing = await own.pods.exec("hostile", {
      command: ["sh", "-c", `exec cat /dev/zero > ${join(parent, "archive")}`],
    });
    expect(await copyFrom(pods, "hostile", join(parent, "app"), join(parent, "target")).catch(String)).toMatch(
      /CopyError: CopyFailed: the archive goes on behind its end/,
    );
    await writing.close();
  });
});
