import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as threadsOfNode from "node:worker_threads";
import { expect, test, vi } from "vitest";
import { refusal, rejection } from "../../../test/support/api-request.ts";
import { folderOfEachTest, listOf } from "../../../test/support/copied-folder.ts";
import { localPods } from "../../../test/support/local-pods.ts";
import { copyFrom } from "./copy-from.ts";
import { copyTo } from "./copy-to.ts";
import type { CopyError } from "./outcome/copy-error.ts";

/** As where a process may start no threads. */
const threads = vi.hoisted(() => ({ refused: false, started: 0 }));
vi.mock("node:worker_threads", async (original) => {
  const { Worker, ...rest } = await original<typeof threadsOfNode>();
  class Counted extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      if (threads.refused) throw new Error("no threads");
      threads.started += 1;
      super(...args);
    }
  }
  return { ...rest, Worker: Counted };
});

const at = folderOfEachTest();
const count = 500;

/** So many files of some bytes in folders, with modes and times of their own, and one of 300 kB. */
function manyFiles(path: string): void {
  for (let index = 0; index < count; index++) {
    const folder = join(path, `folder ${index % 7}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${index}`);
    writeFileSync(file, `${index},`.repeat(index));
    chmodSync(file, index % 2 === 0 ? 0o640 : 0o755);
    utimesSync(file, 1_000_000 + index, 1_000_000 + index);
  }
  writeFileSync(join(path, "folder 3", "larger"), Buffer.alloc(300_000, "larger"));
}

function expectEqual(one: string, other: string): void {
  expect(execFileSync("diff", ["-r", one, other], { encoding: "utf8" })).toBe("");
  const facts = (path: string): readonly string[] =>
    listOf(path).map((name) => {
      const found = lstatSync(join(path, name));
      return `${name} ${found.mode} ${found.isFile() ? Math.floor(found.mtimeMs / 1000) : ""}`;
    });
  expect(facts(other)).toEqual(facts(one));
}

test.each([
  ["by threads", false],
  ["where there can be none", true],
])("many small files come and go whole, with modes and times: %s", async (_, refused) => {
  Object.assign(threads, { refused, started: 0 });
  manyFiles(at("tree"));
  const up = await copyTo(localPods(), "web-0", at("tree"), at("up"));
  const down = await copyFrom(localPods(), "web-0", at("tree"), at("down"));
  expect([up.files, up.skipped, down]).toEqual([count + 1, [], up]);
  expectEqual(at("tree"), at("up"));
  expectEqual(at("tree"), at("down"));
  expect(threads.started > 0).toBe(!refused);
  threads.refused = false;
});

test("one of many that cannot get its place: an error that names it, and what was copied is whole", async () => {
  manyFiles(at("tree"));
  // A folder that is not empty.
  mkdirSync(at("copy", "folder 4", "305", "in"), { recursive: true });
  const error = (await rejection(copyFrom(localPods(), "web-0", at("tree"), at("copy")))) as CopyError;
  expect(error).toMatchObject({ name: "CopyError", cause: { code: "EISDIR" } });
  expect(error.message).toContain(`${JSON.stringify(at("copy", "folder 4", "305"))} could not be written`);
  const files = listOf(at("copy")).filter((name) => lstatSync(at("copy", name)).isFile());
  expect(error.result).toMatchObject({ files: files.length });
  for (const name of files)
    expect([name, lstatSync(at("copy", name)).size]).toEqual([name, lstatSync(at("tree", name)).size]);
});

test("an abort in the middle of many leaves whole files alone", async () => {
  manyFiles(at("tree"));
  const controller = new AbortController();
  const mine = new Error("mine");
  const pods = localPods({}, (index) => {
    if (index === 1) controller.abort(mine);
    return { cutOutputAfter: 300_000 };
  });
  const copying = copyFrom(pods, "web-0", at("tree"), at("copy"), { signal: controller.signal, retries: 9 });
  expect(await rejection(copying)).toBe(mine);
  for (const name of listOf(at()).filter((path) => path.startsWith("copy/")))
    expect([name, lstatSync(at(name)).size]).toEqual([name, lstatSync(at("tree", name.slice(5))).size]);
});

test("a tree that is too deep goes nowhere", async () => {
  mkdirSync(at("tree", ...Array.from({ length: 129 }, () => "d")), { recursive: true });
  expect(await refusal(copyTo(localPods(), "web-0", at("tree"), at("copy")))).toMatch(/lies in more than 128 folders/);
});
