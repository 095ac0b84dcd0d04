import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPackage, type Package } from "../lib/packages.ts";
import { inRoot, root } from "../lib/root.ts";
import { runNode } from "../lib/run.ts";
import { intoDist } from "./into-dist.ts";
import { buildJavaScript } from "./javascript.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-build-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

// Two programs that build a whole package take their time on a slow machine.
test("what is built is the same from every working directory", { timeout: 60_000 }, async () => {
  const program = join(folder, "build.ts");
  const tool = pathToFileURL(inRoot("tools", "build", "javascript.ts")).href;
  const core = JSON.stringify(readPackage("packages/core"));
  writeFileSync(
    program,
    `import { buildJavaScript } from "${tool}";\nawait buildJavaScript(${core}, process.argv[2]);\n`,
  );
  const from = async (cwd: string, name: string): Promise<object> => {
    const into = join(folder, name, "dist");
    expect(await runNode(program, [into], { cwd })).toEqual({ code: 0, output: "" });
    return Object.fromEntries(
      globSync("**/*.*", { cwd: into }).map((file) => [file, readFileSync(join(into, file), "utf8")]),
    );
  };
  const one = await from(inRoot(), "one");
  expect(Object.keys(one)).toEqual(expect.arrayContaining(["index.js", "index.mjs"]));
  const two = await from(folder, "two");
  expect(Object.keys(two)).toEqual(Object.keys(one));
  expect(two).toEqual(one);
});

test("what is built in asks for nothing, brings its license, and makes no code out of text", async () => {
  const into = join(folder, "dist");
  await buildJavaScript(readPackage("packages/protobuf"), into);
  for (const name of ["index.mjs", "index.js"]) {
    const text = readFileSync(join(into, name), "utf8");
    expect(text.includes("prototype.skipType = function"), "the Reader is in it").toBe(true);
    const asked = Array.from(text.matchAll(/\b(?:require\(|import\(|import |from )"([^"\n]+)"/g), ([, name]) => name);
    expect(asked.filter((name) => name !== "@kubewright/core")).toEqual([]);
    expect(text.match(/\beval\b|\bFunction\(|typeof require/)).toBeNull();
  }
  expect(readFileSync(join(into, "protobufjs-license.txt"), "utf8")).toContain("Daniel Wirtz");
});

test("a build takes the place of the former one when it is whole; of two at once one stays, and nothing else", async () => {
  const pkg = { folder: relative(root, folder), manifest: { name: "a" } } as Package;
  const dist = join(folder, "dist");
  const built = (): readonly string[] => readdirSync(dist).toSorted();
  const write = (into: string, ...files: string[]): void => {
    mkdirSync(into);
    for (const file of files) writeFileSync(join(into, file), "");
  };
  const build = (...files: string[]): Promise<void> =>
    intoDist(pkg, async (into) => {
      write(into, ...files);
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
  await build("a", "b");
  expect(built()).toEqual(["a", "b"]);
  await intoDist(pkg, async (into) => {
    write(into, "c");
    expect(built()).toEqual(["a", "b"]);
  });
  expect(built()).toEqual(["c"]);
  await Promise.all(Array.from({ length: 20 }, (_, i) => build(`${i}.a`, `${i}.b`)));
  expect(built().map((file) => file.split(".")[1])).toEqual(["a", "b"]);
  await expect(intoDist(pkg, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(built()).toHaveLength(2);
  expect(readdirSync(join(folder, "node_modules"))).toEqual([]);
});
