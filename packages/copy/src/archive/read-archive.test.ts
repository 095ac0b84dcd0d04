import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { archiveEnd, archiveOf, extended, longName, rawEntry } from "../../../../test/support/tar-archive.ts";
import { Fault } from "../outcome/fault.ts";
import { writeEnd, writeHeader } from "./header.ts";
import { ArchiveReader, type Entry } from "./read-archive.ts";

interface Read {
  readonly entries: (Pick<Entry, "kind" | "path" | "link" | "mode" | "mtime"> & { content: string; ended: boolean })[];
  readonly isComplete: boolean;
}

/** Reads it in pieces that end at these places. */
function read(archive: Uint8Array, cuts: readonly number[] = []): Read {
  const reader = new ArchiveReader();
  const entries: Read["entries"] = [];
  let from = 0;
  for (const end of [...cuts.filter((cut) => cut < archive.length), archive.length].toSorted((a, b) => a - b)) {
    for (const event of reader.push(archive.subarray(from, end))) {
      const last = entries.at(-1);
      if (event.type === "entry") {
        const { kind, path, link, mode, mtime } = event.entry;
        entries.push({ kind, path, link, mode, mtime, content: "", ended: kind !== "file" });
      } else if (event.type === "data") last!.content += Buffer.from(event.data).toString("latin1");
      else last!.ended = true;
    }
    from = end;
  }
  return { entries, isComplete: reader.isComplete };
}

const name = fc
  .string({ unit: fc.constantFrom("a", "ö", "é", "😀", "\n", " ", "=", "-", "*", "字"), minLength: 1, maxLength: 200 })
  .map((text) => `d/${text}`);
const file = fc.record({
  path: name,
  content: fc.uint8Array({ maxLength: 1500 }),
  mode: fc.integer({ min: 0, max: 0o777 }),
});
const cuts = fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 30 });

const written = (files: readonly { path: string; content: Uint8Array; mode: number }[]): Uint8Array =>
  Buffer.concat([
    ...files.map(({ path, content, mode }) =>
      Buffer.concat([
        writeHeader({ kind: "file", path, size: content.length, mode, mtime: 1e9 }),
        content,
        new Uint8Array((512 - (content.length % 512)) % 512),
      ]),
    ),
    writeEnd(),
  ]);

describe("what is written", () => {
  test("is read as it was, in pieces of any size, names of any length included", () => {
    fc.assert(
      fc.property(fc.array(file, { maxLength: 6 }), cuts, (files, where) => {
        expect(read(written(files), where)).toEqual({
          entries: files.map(({ path, content, mode }) => ({
            kind: "file",
            path,
            link: "",
            mode,
            mtime: 1e9,
            content: Buffer.from(content).toString("latin1"),
            ended: true,
          })),
          isComplete: true,
        });
      }),
    );
  });

  test("cut anywhere it is not complete, and no file has its end before its content", () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), fc.nat(), (files, at) => {
        const archive = written(files);
        const { entries, isComplete } = read(archive.subarray(0, at % archive.length));
        expect(isComplete).toBe(false);
        for (const [index, { content, ended }] of entries.entries())
          expect(ended).toBe(content.length === files[index]?.content.length);
      }),
    );
  });
});

describe("what others write", () => {
  test.each([
    ["a name of GNU", [longName("d/".padEnd(300, "ö")), rawEntry({ name: "short" })], "d/".padEnd(300, "ö")],
    ["a name of POSIX", [extended({ path: "d/a\nb=c" }), rawEntry({ name: "short" })], "d/a\nb=c"],
    ["a prefix", [rawEntry({ name: "name", prefix: "d/e" })], "d/e/name"],
    ["no prefix beside a name of POSIX", [extended({ path: "d/x" }), rawEntry({ name: "n", prefix: "p" })], "d/x"],
    ["a comment for all", [extended({ comment: "x" }, "g"), rawEntry({ name: "d/n" })], "d/n"],
  ])("%s", (_, blocks, path) => {
    const archive = archiveOf(...blocks);
    for (const step of [1, 511, 512, 513, 700, 5000]) {
      const where = Array.from({ length: Math.floor(archive.length / step) }, (_unused, index) => (index + 1) * step);
      expect(read(archive, where)).toMatchObject({ entries: [{ kind: "file", path }], isComplete: true });
    }
  });

  test("a size of POSIX", () => {
    const [x, entry] = [extended({ size: "3", mtime: "5.5" }), rawEntry({ name: "a", body: "abc", size: 0 })];
    expect(read(archiveOf(x, entry)).entries).toMatchObject([{ content: "abc", mtime: 5.5 }]);
  });

  test.each<[string, readonly Uint8Array[], RegExp]>([
    ["a wrong checksum", [rawEntry({ name: "a", rightChecksum: false })], /wrong checksum/],
    ["no size", [rawEntry({ name: "a", size: "zzzzzzzzzzz" })], /no size/],
    ["a negative size", [rawEntry({ name: "a", size: "-0000000001" })], /no size/],
    ["no name", [rawEntry({ name: "" })], /no name/],
    ["a folder with content", [extended({ size: "512" }), rawEntry({ name: "a/", type: "5" })], /a folder has content/],
    ["a link with content", [rawEntry({ name: "a", type: "2", link: "b", body: "x" })], /has content/],
    ["a sparse file of GNU", [rawEntry({ name: "a", type: "S", body: "x" })], /sparse/],
    ["a sparse file of POSIX", [extended({ "GNU.sparse.major": "1" }), rawEntry({ name: "a" })], /sparse/],
    ["a volume", [rawEntry({ name: "a", type: "V" })], /kind that is not known/],
    ["a part of a file", [rawEntry({ name: "a", type: "M" })], /kind that is not known/],
    ["a name for all", [extended({ path: "a" }, "g"), rawEntry({ name: "b" })], /gives all entries/],
    ["a size for all", [extended({ size: "0" }, "g"), rawEntry({ name: "b" })], /gives all entries/],
    ["two names", [longName("a"), extended({ path: "b" }), rawEntry({ name: "c" })], /two things/],
    ["too long a name", [longName("a".repeat(70_000)), rawEntry({ name: "c" })], /too long/],
    ["headers without end", Array.from({ length: 20 }, () => extended({ atime: "1" })), /too long/],
    ["a record that is longer than the rest", [rawEntry({ name: "x", type: "x", body: "99 path=a\n" })], /extended/],
    ["a record without a length", [rawEntry({ name: "x", type: "x", body: "path=a\n" })], /extended/],
    ["a size that is none", [extended({ size: "1e3" }), rawEntry({ name: "a" })], /number that is none/],
    ["an end behind an extended header", [longName("a")], /behind an extended header/],
    ["what is compressed", [Buffer.from("1f8b0800000000000003", "hex"), new Uint8Array(1024).fill(7)], /broken/],
  ])("%s is refused", (_, blocks, why) => {
    expect(() => read(archiveOf(...blocks))).toThrow(why);
  });

  test("more behind one block of zeros is refused, behind the end it is passed over", () => {
    const entry = rawEntry({ name: "a" });
    expect(() => read(Buffer.concat([entry, archiveEnd.subarray(512), entry, archiveEnd]))).toThrow(/block of zeros/);
    expect(read(Buffer.concat([entry, archiveEnd, entry]))).toMatchObject({
      entries: [{ path: "a" }],
      isComplete: true,
    });
    const reader = new ArchiveReader();
    const zeros = new Uint8Array(1024 * 1024);
    expect(() => {
      for (let count = 0; count < 100; count++) for (const _ of reader.push(zeros)) expect.unreachable();
    }).toThrow(/behind its end/);
  });

  test("names that are no UTF-8 say so", () => {
    const bad = new Uint8Array([97, 255, 98]);
    const texts = (...blocks: readonly Uint8Array[]): readonly boolean[] =>
      [...new ArchiveReader().push(archiveOf(...blocks))].flatMap((event) =>
        event.type === "entry" ? [event.entry.isText] : [],
      );
    expect(texts(rawEntry({ name: bad }))).toEqual([false]);
    expect(texts(longName(bad), rawEntry({ name: "a" }))).toEqual([false]);
    expect(texts(extended({ path: bad }), rawEntry({ name: "a" }))).toEqual([false]);
    expect(texts(rawEntry({ name: "a", type: "1", link: bad }))).toEqual([false]);
    expect(texts(rawEntry({ name: "a", type: "2", link: bad }))).toEqual([true]);
  });

  test("any bytes, and archives with any byte changed: entries or a Fault, at once", () => {
    const good = archiveOf(
      longName("d/long"),
      rawEntry({ name: "x", body: "content" }),
      extended({ path: "y" }),
      rawEntry({ name: "z" }),
    );
    const changed = fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
      const copy = Uint8Array.from(good);
      copy[at] = byte;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), changed), cuts, (archive, where) => {
        try {
          read(archive, where);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 500 },
    );
  });
});
