import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { ConnectionError } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { refusal, rejection } from "../../../test/support/api-request.ts";
import { folderOfEachTest, listOf, someTree } from "../../../test/support/copied-folder.ts";
import { localPods, type LocalSession } from "../../../test/support/local-pods.ts";
import { archiveOf, rawEntry, type RawEntry } from "../../../test/support/tar-archive.ts";
import { copyFrom } from "./copy-from.ts";
import type { CopyError } from "./outcome/copy-error.ts";

const at = folderOfEachTest();

/** A `tar` in the pod that writes these bytes, whatever it is asked for. */
function poisonedPods(archive: Uint8Array, exitCode = 0): ReturnType<typeof localPods> {
  writeFileSync(at("archive"), archive);
  mkdirSync(at("bin"));
  writeFileSync(at("bin", "tar"), `#!/bin/sh\ncat "${at("archive")}"\nexit ${exitCode}\n`, { mode: 0o755 });
  return localPods({ PATH: `${at("bin")}:${process.env["PATH"]}` });
}

describe("what comes", () => {
  test("a folder under the name it is to get, with modes and times", async () => {
    someTree(at("tree"));
    const done = await copyFrom(localPods(), "web-0", at("tree"), at("new", "copy"));
    expect(done).toEqual({ files: 9, bytes: expect.any(Number) as number, skipped: [] });
    expect(execFileSync("diff", ["-r", at("tree"), at("new", "copy")], { encoding: "utf8" })).toBe("");
    expect(listOf(at("new", "copy"))).toEqual(listOf(at("tree")));
    for (const name of ["with space", "none", "large"]) {
      const [was, is] = [lstatSync(at("tree", name)), lstatSync(at("new", "copy", name))];
      expect([is.mode, Math.floor(is.mtimeMs / 1000)]).toEqual([was.mode, Math.floor(was.mtimeMs / 1000)]);
    }
  });

  test("a file under the name it is to get, and into a folder", async () => {
    writeFileSync(at("one"), "text");
    writeFileSync(at("other"), "what was there");
    expect(await copyFrom(localPods(), "web-0", at("one"), at("other"))).toEqual({ files: 1, bytes: 4, skipped: [] });
    await copyFrom(localPods(), "web-0", at("one"), `${at("into")}/`);
    expect([readFileSync(at("other"), "utf8"), readFileSync(at("into", "one"), "utf8")]).toEqual(["text", "text"]);
  });

  test("the content of a folder, by a path that ends with a slash", async () => {
    someTree(at("tree"));
    symlinkSync(at("tree"), at("way"));
    await copyFrom(localPods(), "web-0", `${at("way")}/`, at("copy"));
    expect(listOf(at("copy"))).toEqual(listOf(at("tree")));
  });

  test("a folder that is there is filled", async () => {
    mkdirSync(at("tree", "sub"), { recursive: true });
    writeFileSync(at("tree", "sub", "new"), "new");
    mkdirSync(at("copy", "sub"), { recursive: true });
    writeFileSync(at("copy", "sub", "old"), "old");
    await copyFrom(localPods(), "web-0", at("tree"), at("copy"));
    expect(listOf(at("copy"))).toEqual(["sub", "sub/new", "sub/old"]);
  });

  test("a second name of a file gets the content, links are left out with a reason or followed", async () => {
    mkdirSync(at("tree"));
    writeFileSync(at("tree", "a"), "content", { mode: 0o640 });
    linkSync(at("tree", "a"), at("tree", "b"));
    writeFileSync(at("elsewhere"), "far");
    symlinkSync(at("elsewhere"), at("tree", "link"));
    execFileSync("mkfifo", [at("tree", "pipe")]);
    const { skipped, ...done } = await copyFrom(localPods(), "web-0", at("tree"), at("copy"));
    expect([done, skipped.toSorted((a, b) => a.path.localeCompare(b.path))]).toEqual([
      { files: 2, bytes: 14 },
      [
        { path: "link", reason: "a symbolic link" },
        { path: "pipe", reason: "a device" },
      ],
    ]);
    expect([readFileSync(at("copy", "a"), "utf8"), readFileSync(at("copy", "b"), "utf8")]).toEqual([
      "content",
      "content",
    ]);
    expect([lstatSync(at("copy", "b")).nlink, lstatSync(at("copy", "b")).mode & 0o777]).toEqual([1, 0o640]);

    const followed = await copyFrom(localPods(), "web-0", at("tree"), at("followed"), { links: "follow" });
    expect(followed.files).toBe(3);
    expect(lstatSync(at("followed", "link")).isFile()).toBe(true);
    expect(readFileSync(at("followed", "link"), "utf8")).toBe("far");
  });

  test("folders that nobody may write to are filled, and get their mode", async () => {
    mkdirSync(at("tree", "closed"), { recursive: true });
    writeFileSync(at("tree", "closed", "in"), "in");
    chmodSync(at("tree", "closed"), 0o555);
    await copyFrom(localPods(), "web-0", at("tree"), at("copy"));
    expect([lstatSync(at("copy", "closed")).mode & 0o777, readFileSync(at("copy", "closed", "in"), "utf8")]).toEqual([
      0o555,
      "in",
    ]);
    for (const name of ["tree", "copy"]) chmodSync(at(name, "closed"), 0o755);
  });

  test("one file into a stream, which is closed", async () => {
    writeFileSync(at("one"), Buffer.alloc(1_000_000, "bytes"));
    const pieces: Uint8Array[] = [];
    let closed = false;
    const stream = new WritableStream<Uint8Array>({
      write: (piece) => void pieces.push(piece),
      close: () => void (closed = true),
    });
    expect(await copyFrom(localPods(), "web-0", at("one"), stream)).toEqual({
      files: 1,
      bytes: 1_000_000,
      skipped: [],
    });
    expect([Buffer.concat(pieces).equals(readFileSync(at("one"))), closed, stream.locked]).toEqual([true, true, false]);
  });

  test("a stream takes no folder, and is aborted", async () => {
    let aborted: unknown;
    const stream = new WritableStream<Uint8Array>({ abort: (reason) => void (aborted = reason) });
    mkdirSync(at("tree"));
    expect(await refusal(copyFrom(localPods(), "web-0", at("tree"), stream))).toMatch(
      /it is a folder, and a stream takes one file/,
    );
    expect(aborted).toBeInstanceOf(Error);
  });
});

describe("what must not be", () => {
  const tree = (...entries: readonly RawEntry[]): Uint8Array =>
    archiveOf(rawEntry({ name: "app/", type: "5", mode: 0o755 }), ...entries.map(rawEntry));

  test("a link that stands in the way here is not gone through", async () => {
    mkdirSync(at("outside"));
    mkdirSync(at("copy"));
    symlinkSync(at("outside"), at("copy", "way"));
    const pods = poisonedPods(tree({ name: "app/way/x", body: "x" }));
    expect(await refusal(copyFrom(pods, "web-0", "/srv/app", at("copy")))).toMatch(
      /symbolic link, which is not gone through/,
    );
    expect(readdirSync(at("outside"))).toEqual([]);
  });

  test("a link in the place of a file is replaced, not written through", async () => {
    mkdirSync(at("copy"));
    writeFileSync(at("outside"), "kept");
    symlinkSync(at("outside"), at("copy", "x"));
    await copyFrom(poisonedPods(tree({ name: "app/x", body: "new" })), "web-0", "/srv/app", at("copy"));
    expect([readFileSync(at("outside"), "utf8"), readFileSync(at("copy", "x"), "utf8")]).toEqual(["kept", "new"]);
  });

  test("setuid and its like", async () => {
    await copyFrom(poisonedPods(tree({ name: "app/x", body: "x", mode: 0o7755 })), "web-0", "/srv/app", at("copy"));
    expect(lstatSync(at("copy", "x")).mode & 0o7000).toBe(0);
  });

  test("more entries or bytes than asked for, whoever counts", async () => {
    const pods = poisonedPods(tree({ name: "app/a", body: "aaaa" }, { name: "app/b", type: "1", link: "app/a" }));
    const copy = (limits: object): Promise<string> => refusal(copyFrom(pods, "web-0", "/srv/app", at("copy"), limits));
    expect(await copy({ maxEntries: 2 })).toMatch(/more than 2 entries/);
    expect(await copy({ maxBytes: 7 })).toMatch(/more than 7 bytes/);
    await copyFrom(pods, "web-0", "/srv/app", at("copy"), { maxEntries: 3, maxBytes: 8 });
  });

  test("a size that is not there is refused before anything is written", async () => {
    const pods = poisonedPods(tree({ name: "app/a", body: "x", size: "77777777777" }));
    expect(await refusal(copyFrom(pods, "web-0", "/srv/app", at("copy"), { maxBytes: 100 }))).toMatch(
      /more than 100 bytes/,
    );
    expect(listOf(at("copy"))).toEqual([]);
  });

  test("an archive that is cut is an error, though its tar says 0, and leaves no half file", async () => {
    const archive = tree({ name: "app/a", body: "a".repeat(1000) }, { name: "app/b", body: "b".repeat(2000) });
    // The last of them have one block of zeros, and half of the second: the mark of the end is two.
    for (let length = 0; length < archive.length; length += 256) {
      const pods = poisonedPods(archive.subarray(0, length));
      expect(await refusal(copyFrom(pods, "web-0", "/srv/app", at("copy"), { retries: 0 }))).toMatch(
        /^CopyError: CopyFailed: the archive/,
      );
      for (const name of existsSync(at("copy")) ? listOf(at("copy")) : [])
        expect(lstatSync(at("copy", name)).size).toBe(name === "a" ? 1000 : 2000);
      for (const name of ["bin", "copy"]) rmSync(at(name), { recursive: true, force: true });
    }
  });

  test("an exit code other than 0 is an error with tar's words, and what was copied", async () => {
    mkdirSync(at("tree"));
    writeFileSync(at("tree", "a"), "a");
    const pods = poisonedPods(tree({ name: "app/a", body: "text" }), 1);
    const error = (await rejection(copyFrom(pods, "web-0", "/srv/app", at("copy")))) as CopyError;
    expect(error).toMatchObject({ name: "CopyError", exitCode: 1, result: { files: 1, bytes: 4, skipped: [] } });
    const none = (await rejection(copyFrom(localPods(), "web-0", at("nothing"), at("copy")))) as CopyError;
    expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("nothing: Cannot stat") as string });
    expect(none.message).toMatch(/tar ended with the exit code 2; the container said: tar: nothing: Cannot stat/);
  });

  test("no tar: an error that says so, and what helps", async () => {
    const said = await refusal(copyFrom(localPods({ PATH: "/nowhere" }), "web-0", "/srv/app", at("copy")));
    expect(said).toMatch(/^CopyError: CopyFailed: there is no tar in the container that can be run; .*debug\(\)/);
  });

  test("a link that was asked for itself is an error, not an empty success", async () => {
    symlinkSync(at(), at("link"));
    expect(await refusal(copyFrom(localPods(), "web-0", at("link"), at("copy")))).toMatch(
      /is a symbolic link; pass links: "follow"/,
    );
  });
});

describe("connections that break", () => {
  const cutting =
    (...bytes: readonly number[]) =>
    (index: number): LocalSession => ({ cutOutputAfter: bytes[index] ?? Infinity });

  test.each([
    ["goes on where it broke", [100_000, 300_000, 200_000], 3],
    ["begins anew where nothing had come", [0, 0], 2],
  ])("it %s", async (_, cuts, retries) => {
    someTree(at("tree"));
    const commands: string[] = [];
    const pods = localPods({}, (index, [program = ""]) => {
      commands.push(program);
      return cutting(...cuts)(index);
    });
    await copyFrom(pods, "web-0", at("tree"), at("copy"), { retries });
    expect(execFileSync("diff", ["-r", at("tree"), at("copy")], { encoding: "utf8" })).toBe("");
    expect(commands).toEqual(["tar", ...cuts.map((bytes) => (bytes === 0 ? "tar" : "sh"))]);
  });

  test("it goes on behind the end of the archive, to learn how tar ended", async () => {
    const archive = archiveOf(rawEntry({ name: "app", body: "x".repeat(200_000) }));
    const pods = poisonedPods(archive, 1);
    const cut = localPods({ PATH: `${at("bin")}:${process.env["PATH"]}` }, cutting(archive.length));
    for (const each of [pods, cut])
      expect(await rejection(copyFrom(each, "web-0", "/srv/app", at("copy")))).toMatchObject({ exitCode: 1 });
  });

  test("it goes on where a command was cut that called it a success", async () => {
    someTree(at("tree"));
    const ends = [70_000, 900_000];
    const pods = localPods({}, (index) => ({ endOutputAfter: ends[index] ?? Infinity }));
    await copyFrom(pods, "web-0", at("tree"), at("copy"));
    expect(execFileSync("diff", ["-r", at("tree"), at("copy")], { encoding: "utf8" })).toBe("");
    const cut = localPods({}, () => ({ endOutputAfter: 70_000 }));
    expect(await refusal(copyFrom(cut, "web-0", at("tree"), at("other"), { retries: 1 }))).toMatch(
      /^CopyError: CopyFailed: the archive ended before its end/,
    );
  });

  test("it goes on where even less came the next time", async () => {
    someTree(at("tree"));
    const ends = [300_000, 100];
    const pods = localPods({}, (index) => ({ endOutputAfter: ends[index] ?? Infinity }));
    await copyFrom(pods, "web-0", at("tree"), at("copy"));
    expect(execFileSync("diff", ["-r", at("tree"), at("copy")], { encoding: "utf8" })).toBe("");
    const cut = localPods({}, (index) => ({ endOutputAfter: ends[index] ?? 0 }));
    expect(await refusal(copyFrom(cut, "web-0", at("tree"), at("other")))).toMatch(
      /^CopyError: CopyFailed: the archive ended before what had come of it already/,
    );
  });

  test("without sh or tail it passes over what it has", async () => {
    writeFileSync(at("file"), Buffer.from(Array.from({ length: 900_000 }, (_, index) => (index * index) % 251)));
    mkdirSync(at("bin"));
    const tar = execFileSync("sh", ["-c", "command -v tar"], { encoding: "utf8" }).trim();
    writeFileSync(at("bin", "tar"), `#!/bin/sh\nexec ${tar} "$@"\n`, { mode: 0o755 });
    for (const more of [{}, { sh: '#!/bin/sh\nPATH=$PATH exec /bin/sh "$@"\n' }]) {
      for (const [name, text] of Object.entries(more)) writeFileSync(at("bin", name), text, { mode: 0o755 });
      const pods = localPods({ PATH: at("bin") }, cutting(200_000, Infinity, 500_000));
      await copyFrom(pods, "web-0", at("file"), at("copy"));
      expect(readFileSync(at("copy")).equals(readFileSync(at("file")))).toBe(true);
      rmSync(at("copy"));
    }
  });

  test("what has changed meanwhile is an error", async () => {
    writeFileSync(at("file"), Buffer.alloc(500_000, "one"));
    const pods = localPods({}, (index) => {
      if (index === 1) writeFileSync(at("file"), Buffer.alloc(500_000, "two"));
      return cutting(300_000)(index);
    });
    expect(await refusal(copyFrom(pods, "web-0", at("file"), at("copy")))).toMatch(
      /has changed since the connection broke/,
    );
    expect(existsSync(at("copy"))).toBe(false);
  });

  test("one cut too many: an error with its cause, and nothing is left in part", async () => {
    writeFileSync(at("file"), Buffer.alloc(500_000, "one"));
    const pods = localPods({}, () => ({ cutOutputAfter: 70_000 }));
    const error = (await rejection(
      copyFrom(pods, "web-0", at("file"), at("sub", "copy"), { retries: 1 }),
    )) as CopyError;
    expect(error.cause).toBeInstanceOf(ConnectionError);
    expect(error.result).toEqual({ files: 0, bytes: 0, skipped: [] });
    expect(listOf(at("sub"))).toEqual([]);
  });

  test("an abort rejects with its reason, and nothing is left in part", async () => {
    writeFileSync(at("file"), Buffer.alloc(5_000_000, "one"));
    const controller = new AbortController();
    const mine = new Error("mine");
    const stream = new WritableStream<Uint8Array>({ write: () => controller.abort(mine) });
    expect(await rejection(copyFrom(localPods(), "web-0", at("file"), stream, { signal: controller.signal }))).toBe(
      mine,
    );
  });
});

describe("wrong input", () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ["no path", () => copyFrom(localPods(), "a", "", "x"), "Invalid remote: it is empty"],
    ["a NUL", () => copyFrom(localPods(), "a", "/a\0", "x"), "Invalid remote: no path has a NUL"],
    ["half a character", () => copyFrom(localPods(), "a", "/\ud800", "x"), "Invalid remote: it holds half"],
    ["a number", () => copyFrom(localPods(), "a", 7 as never, "x"), "Invalid remote: it must be a path, not a number"],
    ["no destination", () => copyFrom(localPods(), "a", "/a", ""), "Invalid local: it is empty"],
    ["another destination", () => copyFrom(localPods(), "a", "/a", {} as never), "Invalid local: it must be a path or"],
    ["the root into a folder", () => copyFrom(localPods(), "a", "/", "x/"), "Invalid remote: it ends in no name"],
    ["a name that no file gets", () => copyFrom(localPods(), "a", "/dev/nul", "x/"), "Invalid remote: no file here"],
    ["retries", () => copyFrom(localPods(), "a", "/a", "x", { retries: -1 }), "Invalid retries: it must be"],
    [
      "links",
      () => copyFrom(localPods(), "a", "/a", "x", { links: "keep" as never }),
      'Invalid links: it must be "skip"',
    ],
    ["an option", () => copyFrom(localPods(), "a", "/a", "x", { recursive: true } as never), "Invalid recursive: "],
    [
      "Windows",
      () => copyFrom(localPods({}, undefined, { spec: { os: { name: "windows" } } }), "a", "/a", "x"),
      "Invalid name: ",
    ],
  ])("%s", async (_, copy, said) => {
    expect(await refusal(copy())).toContain(`InputError: ${said}`);
  });
});
