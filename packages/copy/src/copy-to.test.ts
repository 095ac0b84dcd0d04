import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ConnectionError } from "@kubewright/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { refusal, rejection } from "../../../test/support/api-request.ts";
import { folderOfEachTest, listOf, someTree } from "../../../test/support/copied-folder.ts";
import { localPods, type LocalSession } from "../../../test/support/local-pods.ts";
import { copyTo } from "./copy-to.ts";
import type { CopyError } from "./outcome/copy-error.ts";

const at = folderOfEachTest();

/** A PATH with these programs of this machine alone. */
function only(...programs: readonly string[]): Record<string, string> {
  mkdirSync(at("only"));
  for (const program of programs) {
    const path = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
    symlinkSync(path, at("only", program));
  }
  return { PATH: at("only") };
}

function treeWithLinks(path: string): void {
  someTree(path);
  linkSync(join(path, "ö"), join(path, "second"));
  symlinkSync("deep/er", join(path, "link"));
}

const differences = (one: string, other: string): string => {
  expect(listOf(other)).toEqual(listOf(one));
  for (const name of listOf(one)) {
    const [was, is] = [lstatSync(join(one, name)), lstatSync(join(other, name))];
    expect([name, is.mode]).toEqual([name, was.mode]);
    if (was.isFile()) expect(Math.floor(is.mtimeMs / 1000)).toBe(Math.floor(was.mtimeMs / 1000));
  }
  return execFileSync("diff", ["-r", "--no-dereference", one, other], { encoding: "utf8" });
};

describe("what goes", () => {
  test.each([
    ["beside its place first", () => ({})],
    ["by tar alone, where there is no shell", () => only("tar")],
  ])("a folder under the name it is to get, with modes, times and links: %s", async (_, env) => {
    treeWithLinks(at("tree"));
    const done = await copyTo(localPods(env()), "web-0", at("tree"), at("copy"));
    expect(done).toEqual({ files: 10, bytes: expect.any(Number) as number, skipped: [] });
    expect(differences(at("tree"), at("copy"))).toBe("");
    expect(readlinkSync(at("copy", "link"))).toBe("deep/er");
  });

  test("a file under the name it is to get, and into a folder", async () => {
    writeFileSync(at("one"), "text", { mode: 0o755 });
    writeFileSync(at("other"), "what was there");
    mkdirSync(at("into"));
    expect(await copyTo(localPods(), "web-0", at("one"), at("other"))).toEqual({ files: 1, bytes: 4, skipped: [] });
    await copyTo(localPods(), "web-0", at("one"), `${at("into")}/`);
    expect([readFileSync(at("other"), "utf8"), lstatSync(at("into", "one")).mode & 0o777]).toEqual(["text", 0o755]);
  });

  test("a folder that is there is filled, also through a link, and nothing else stays there", async () => {
    treeWithLinks(at("tree"));
    mkdirSync(at("real", "deep", "er"), { recursive: true });
    writeFileSync(at("real", "deep", "er", "old"), "old");
    writeFileSync(at("real", "ö"), "is replaced");
    symlinkSync(at("real"), at("copy"));
    await copyTo(localPods(), "web-0", at("tree"), at("copy"));
    expect(listOf(at("real"))).toEqual([...listOf(at("tree")), "deep/er/old", "link/old"].toSorted());
    expect([readFileSync(at("real", "ö"), "utf8"), lstatSync(at("copy")).isSymbolicLink()]).toEqual([
      "content of ö",
      true,
    ]);
  });

  test("a folder that is there is filled with many at once", async () => {
    mkdirSync(at("tree", "sub"), { recursive: true });
    for (let index = 0; index < 250; index++) {
      writeFileSync(at("tree", `${index % 2 === 0 ? "." : "-"}${index}`), String(index));
      writeFileSync(at("tree", "sub", `*${index}`), String(index));
    }
    mkdirSync(at("copy", "sub"), { recursive: true });
    writeFileSync(at("copy", "-7"), "is replaced");
    mkdirSync(at("bin"));
    const mv = execFileSync("sh", ["-c", "command -v mv"], { encoding: "utf8" }).trim();
    const script = `#!/bin/sh\necho moved >> "${at("calls")}"\nexec ${mv} "$@"\n`;
    writeFileSync(at("bin", "mv"), script, { mode: 0o755 });
    const pods = localPods({ PATH: `${at("bin")}:${process.env["PATH"]}` });
    await copyTo(pods, "web-0", at("tree"), at("copy"));
    expect(differences(at("tree"), at("copy"))).toBe("");
    expect(readFileSync(at("calls"), "utf8").match(/moved/g)).toHaveLength(6);
  });

  test("a folder in the way of one of many files is an error that names it", async () => {
    mkdirSync(at("tree"));
    for (const name of ["a", "b", "c"]) writeFileSync(at("tree", name), name);
    mkdirSync(at("copy", "b", "in"), { recursive: true });
    expect(await refusal(copyTo(localPods(), "web-0", at("tree"), at("copy")))).toMatch(/exit code 2; .*copy\/b/);
    expect(listOf(at("copy")).filter((name) => name.startsWith(".kubewright-"))).toEqual([]);
  });

  test("bytes, and what brings them", async () => {
    await copyTo(localPods(), "web-0", Buffer.from("bytes"), at("one"));
    const size = 1_000_000;
    const bytes = new Blob([Buffer.alloc(size, "blob")]).stream();
    expect(await copyTo(localPods(), "web-0", { size, bytes }, at("two"))).toEqual({
      files: 1,
      bytes: size,
      skipped: [],
    });
    expect([readFileSync(at("one"), "utf8"), readFileSync(at("two")).equals(Buffer.alloc(size, "blob"))]).toEqual([
      "bytes",
      true,
    ]);
  });

  test("bytes that come in one buffer again and again", async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      const buffer = new Uint8Array(1000);
      for (let index = 0; index < 200; index++) yield buffer.fill(index);
    }
    await copyTo(localPods(), "web-0", { size: 200_000, bytes: pieces() }, at("one"));
    expect(readFileSync(at("one")).every((byte, place) => byte === Math.floor(place / 1000))).toBe(true);
  });

  test("files as long as the pieces that they are read in, and nearly so", async () => {
    mkdirSync(at("tree"));
    for (const pieces of [0.25, 1, 2])
      for (const more of [-513, -1, 0, 1, 513]) {
        const size = pieces * 256 * 1024 + more;
        writeFileSync(at("tree", String(size)), randomBytes(size));
      }
    await copyTo(localPods(), "web-0", at("tree"), at("copy"));
    expect(differences(at("tree"), at("copy"))).toBe("");
  });

  test("what is no file, folder or link is left out with a reason", async () => {
    mkdirSync(at("tree"));
    execFileSync("mkfifo", [at("tree", "pipe")]);
    writeFileSync(Buffer.concat([Buffer.from(`${at("tree")}/`), Buffer.from([0xff])]), "x");
    expect((await copyTo(localPods(), "web-0", at("tree"), at("copy"))).skipped).toEqual([
      { path: "pipe", reason: "a device" },
      { path: "\ufffd", reason: "its name is not UTF-8" },
    ]);
  });
});

describe("what must not be", () => {
  const ended = (bytes: number) => (): LocalSession => ({ endInputAfter: bytes });

  test.each<[string, () => Record<string, string>]>([
    ["beside its place", () => ({})],
    ["by tar alone", () => only("tar")],
  ])("an archive that is cut at any block is an error, though tar may say 0: %s", async (_, env) => {
    mkdirSync(at("tree"));
    for (const name of ["a", "b", "c"]) writeFileSync(at("tree", name), name.repeat(700));
    const path = env();
    // A folder, three files of three blocks each, and the mark of the end.
    for (let block = 0; block < 10; block += 1) {
      const said = await refusal(copyTo(localPods(path, ended(block * 512)), "web-0", at("tree"), at("copy")));
      expect(said).toMatch(/^CopyError: CopyFailed: (tar ended with|tar in the container listed)/);
      if (path["PATH"] === undefined) expect(listOf(at()).filter((name) => !name.startsWith("tree"))).toEqual([]);
      rmSync(at("copy"), { recursive: true, force: true });
    }
  });

  test("a connection that breaks anywhere leaves nothing in the container", async () => {
    treeWithLinks(at("tree"));
    for (const bytes of [0, 1, 511, 70_000, 300_000, 1_510_000]) {
      const pods = localPods({}, () => ({ cutInputAfter: bytes }));
      const error = (await rejection(copyTo(pods, "web-0", at("tree"), at("copy"), { retries: 0 }))) as CopyError;
      expect(error.cause).toBeInstanceOf(ConnectionError);
      expect([error.result, readdirSync(at())]).toEqual([{ files: 0, bytes: 0, skipped: [] }, ["tree"]]);
    }
  });

  test("a file that changes while it is read, and fewer or more bytes than said", async () => {
    writeFileSync(at("log"), Buffer.alloc(2_000_000));
    const growing = setInterval(() => appendFileSync(at("log"), "more"), 1);
    onTestFinished(() => clearInterval(growing));
    expect(await refusal(copyTo(localPods(), "web-0", at("log"), at("copy")))).toMatch(
      /log" changed while it was read/,
    );
    for (const [size, words] of [
      [3, "more than the 3"],
      [5, "brought 4 of the 5"],
    ] as const) {
      const bytes = new Blob(["1234"]).stream();
      expect(await refusal(copyTo(localPods(), "web-0", { size, bytes }, at("copy")))).toContain(words);
    }
    expect(existsSync(at("copy"))).toBe(false);
  });

  test.each<[string, () => string, RegExp]>([
    ["a folder in the place of a file", () => at("file"), /is there, and is no folder/],
    ["no folder to lie in", () => at("none", "copy"), /exit code 2; the container said: mkdir/],
  ])("%s: an error with the container's words", async (_, target, said) => {
    mkdirSync(at("tree"));
    writeFileSync(at("file"), "kept");
    expect(await refusal(copyTo(localPods(), "web-0", at("tree"), target()))).toMatch(said);
    expect(readFileSync(at("file"), "utf8")).toBe("kept");
  });

  test("a file in the place of a folder, and no tar at all", async () => {
    writeFileSync(at("file"), "x");
    mkdirSync(at("copy"));
    expect(await refusal(copyTo(localPods(), "web-0", at("file"), at("copy")))).toMatch(
      /is a folder, and a file was to be/,
    );
    expect(await refusal(copyTo(localPods({ PATH: "/nowhere" }), "web-0", at("file"), at("new")))).toMatch(
      /no tar in the container/,
    );
  });
});

describe("connections that break", () => {
  test("it begins anew, and a stream that has been read from does not", async () => {
    treeWithLinks(at("tree"));
    const cut = (index: number): LocalSession => (index < 2 ? { cutInputAfter: 200_000 } : {});
    await copyTo(localPods({}, cut), "web-0", at("tree"), at("copy"));
    expect(differences(at("tree"), at("copy"))).toBe("");
    const bytes = new Blob([Buffer.alloc(500_000)]).stream();
    const error = await rejection(copyTo(localPods({}, cut), "web-0", { size: 500_000, bytes }, at("new")));
    expect(error).toMatchObject({ name: "CopyError", cause: { name: "ConnectionError" } });
  });
});

/** A `tar` whose shell is killed, as in a container that ends, when it is first called; what had come stays. */
function killedOnce(): Record<string, string> {
  const tar = execFileSync("sh", ["-c", "command -v tar"], { encoding: "utf8" }).trim();
  mkdirSync(at("bin"));
  const script = `[ -e "${at("bin", "killed")}" ] && exec ${tar} "$@"\n: > "${at("bin", "killed")}"; : > "$2/half"; kill -9 $PPID`;
  writeFileSync(at("bin", "tar"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${at("bin")}:${process.env["PATH"]}` };
}

describe("what a command that was killed left", () => {
  const stages = (): readonly string[] => listOf(at("to")).filter((path) => path.startsWith(".kubewright-"));

  test("is removed when the copy has failed", async () => {
    mkdirSync(at("to"));
    const left: number[] = [];
    const pods = localPods(killedOnce(), () => {
      left.push(stages().length);
      return {};
    });
    const error = await rejection(copyTo(pods, "web-0", Buffer.from("text"), at("to", "copy")));
    expect(error).toMatchObject({ name: "CopyError", exitCode: 137 });
    expect([left, listOf(at("to"))]).toEqual([[0, 3], []]);
  });

  test("is removed by the next try", async () => {
    mkdirSync(at("to"));
    const left: number[] = [];
    const pods = localPods(killedOnce(), (index) => {
      left.push(stages().length);
      return index === 0 ? { cutInputAfter: 1 } : {};
    });
    await copyTo(pods, "web-0", Buffer.from("text"), at("to", "copy"));
    expect([left, listOf(at("to"))]).toEqual([[0, 3], ["copy"]]);
  });

  test("and cannot be removed, is told with the error, which stays the same", async () => {
    mkdirSync(at("to"));
    const once = localPods(killedOnce());
    let runs = 0;
    const exec: typeof once.exec = (name, options) =>
      runs++ === 0
        ? once.exec(name, options)
        : (Promise.reject(new ConnectionError("Refused: nobody is there any more")) as ReturnType<typeof once.exec>);
    const error = await rejection(copyTo({ ...once, exec }, "web-0", Buffer.from("text"), at("to", "copy")));
    const [stage = ""] = stages();
    expect(error).toMatchObject({ name: "CopyError", exitCode: 137 });
    expect((error as Error).message).toBe(
      `CopyFailed: tar ended with the exit code 137; what had come may still be in ${stage} at its place in the container: Refused: nobody is there any more`,
    );
  });
});

describe("wrong input", () => {
  const pods = localPods();
  test.each<[string, () => Promise<unknown>, string]>([
    ["no path", () => copyTo(pods, "a", "", "/x"), "Invalid local: it is empty"],
    ["nothing there", () => copyTo(pods, "a", "/no/such", "/x"), "Invalid local: it cannot be read: ENOENT"],
    ["a device", () => copyTo(pods, "a", "/dev/null", "/x"), "Invalid local: it is neither"],
    ["a number", () => copyTo(pods, "a", 7 as never, "/x"), "Invalid local: it must be a path, bytes"],
    ["no size", () => copyTo(pods, "a", { bytes: new Blob([]).stream() } as never, "/x"), "Invalid local.size: "],
    [
      "bytes without a name",
      () => copyTo(pods, "a", new Uint8Array(1), "/x/"),
      "Invalid remote: what is copied has no name",
    ],
    ["the root into a folder", () => copyTo(pods, "a", "/", "/x/"), "Invalid remote: what is copied has no name"],
    ["no destination", () => copyTo(pods, "a", "/etc", ""), "Invalid remote: it is empty"],
    ["links", () => copyTo(pods, "a", "/etc", "/x", { links: "follow" } as never), "Invalid links: "],
  ])("%s", async (_, copy, said) => {
    expect(await refusal(copy())).toContain(`InputError: ${said}`);
  });
});
