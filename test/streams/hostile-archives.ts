import { archiveOf, extended, longName, rawEntry, type RawEntry } from "../support/tar-archive.ts";

/** An archive that a `tar` in a pod could send for "app", and whether all of it must be refused. */
export interface Hostile {
  readonly name: string;
  readonly archive: Uint8Array;
  /** `refused`: the copy ends with an error. `left out`: it goes well without what is hostile. */
  readonly outcome: "refused" | "left out";
}

const top = rawEntry({ name: "app/", type: "5", mode: 0o755 });
const file = (name: string, more: Partial<RawEntry> = {}): Uint8Array => rawEntry({ name, body: "hostile", ...more });
const folder = (name: string, mode = 0o755): Uint8Array => rawEntry({ name, type: "5", mode });
const link = (name: string, to: string): Uint8Array => rawEntry({ name, type: "2", link: to });
const hard = (name: string, to: string): Uint8Array => rawEntry({ name, type: "1", link: to });

const refused = (name: string, ...entries: readonly Uint8Array[]): Hostile => ({
  name,
  archive: archiveOf(top, ...entries),
  outcome: "refused",
});
const leftOut = (name: string, ...entries: readonly Uint8Array[]): Hostile => ({
  ...refused(name, ...entries),
  outcome: "left out",
});

/** Paths that lead elsewhere, or would on some system. */
const paths = [
  "../outside/x",
  "..",
  "../",
  "./../outside/x",
  "app/../../outside/x",
  "app/..",
  "app/a/../../../outside/x",
  "app/./../../outside/x",
  "app//../../outside/x",
  "/tmp/kubewright-outside",
  "//tmp/kubewright-outside",
  "///etc/cron.d/x",
  "other/x",
  "application",
  "app/..\\..\\outside\\x",
  "..\\outside\\x",
  "\\\\server\\share\\x",
  "C:/Windows/x",
  "C:x",
  "app/C:x",
  "app/c:../../outside/x",
  "app/NUL",
  "app/con.txt",
  "app/a/aux",
];

/** Each path in each place that a name can stand in. */
const carried: readonly Hostile[] = paths.flatMap((path) => [
  refused(`${path} as a name`, file(path)),
  refused(`${path} as a long name of GNU`, longName(path), file("app/x")),
  refused(`${path} as a name of POSIX`, extended({ path }), file("app/x")),
  refused(`${path} as a folder`, folder(path.endsWith("/") ? path : `${path}/`)),
]);

/** What was found in others, one by one. */
const found: readonly Hostile[] = [
  refused("CVE-2018-1002100 (kubectl cp): a name that leads upward", file("app/../../outside/x")),
  refused(
    "CVE-2019-1002101 (kubectl cp): a link, then a file through it",
    link("app/way", "../../outside"),
    file("app/way/x"),
  ),
  refused(
    "CVE-2019-11246 (kubectl cp): a link to the root",
    link("app/way", "/"),
    file("app/way/tmp/kubewright-outside"),
  ),
  refused(
    "CVE-2019-11249 (kubectl cp): folders through a link",
    link("app/a", ".."),
    folder("app/a/b/"),
    file("app/a/b/x"),
  ),
  refused(
    "CVE-2019-11251 (kubectl cp): two links, each harmless alone",
    link("app/one", "sub/.."),
    link("app/one/two", "../../outside"),
    file("app/one/two/x"),
  ),
  refused("CVE-2020-8570 (Java): a name with .. behind folders", file("app/a/b/../../../../outside/x")),
  refused("CVE-2026-15687 (Java): an absolute name", file("/tmp/kubewright-outside")),
  refused("CVE-2021-20218 (fabric8): ../ many times", file(`${"../".repeat(12)}tmp/kubewright-outside`)),
  refused(
    "CVE-2024-12905 (tar-fs): a hard link, then content through it",
    hard("app/x", "../../outside/kept"),
    file("app/x"),
  ),
  refused(
    "CVE-2025-48387 (tar-fs): a link whose folder is a link",
    link("app/a", "b"),
    link("app/b", "../../outside"),
    file("app/a/x"),
  ),
  refused("CVE-2025-59343 (tar-fs): a link to the parent's namesake", link("app/a", "../app-outside"), file("app/a/x")),
  refused(
    "CVE-2021-32803 (node-tar): a folder, then a link of its name",
    folder("app/d/"),
    link("app/d", "../../outside"),
    file("app/d/x"),
  ),
  refused("CVE-2021-32804 (node-tar): many slashes", file("////tmp/kubewright-outside")),
  refused(
    "CVE-2021-37701 (node-tar): a backslash in a folder's name",
    folder("app/a\\/"),
    link("app/a", "../../outside"),
    file("app/a\\x"),
  ),
  refused(
    "CVE-2021-37712 (node-tar): one name in two forms",
    folder("app/caf\u00e9/"),
    link("app/cafe\u0301", "../../outside"),
    file("app/caf\u00e9/x"),
  ),
  refused("CVE-2021-37713 (node-tar): a path of a drive", file("C:../outside/x")),
  refused("CVE-2026-23950 (node-tar): ß and ss", folder("app/ß/"), link("app/ss", "../../outside"), file("app/SS/x")),
  refused("CVE-2026-29786 (node-tar): a hard link by a drive's path", hard("app/x", "C:../outside/kept")),
  refused(
    "CVE-2026-31802 (node-tar): a link by a drive's path, then a way through it",
    link("app/x", "C:../outside"),
    file("app/x/y"),
  ),
  refused(
    "CVE-2018-20834 (node-tar): a file in the place of a link",
    link("app/x", "../../outside/kept"),
    file("app/x"),
  ),
  leftOut("CVE-2025-45582 (GNU tar), first step: a link alone", link("app/way", "../../outside")),
  refused("CVE-2001-1267 (GNU tar): .. at the end", file("app/a/.."), folder("app/a/../")),
  refused("CVE-2002-1216 (GNU tar): ./..", file("./../outside/x")),
  refused("CVE-2007-4131 (GNU tar): /.. behind a folder", file("app//../../outside/x")),
  refused("CVE-2016-6321 (GNU tar): a name that others would cut", file("outside/../app/x")),
];

/** Links and kinds that must never come to be. */
const kinds: readonly Hostile[] = [
  ...["/etc/passwd", "../../outside/kept", "..", "/", ".", "app", "\\\\server", ""]
    .slice(0, 7)
    .map((to) => leftOut(`a symbolic link to ${to}`, link("app/x", to))),
  ...["/etc/passwd", "../outside/kept", "..", "app/../../outside/kept", "app/..", "other"].map((to) =>
    refused(`a hard link to ${to}`, hard("app/x", to)),
  ),
  leftOut("a hard link to itself", hard("app/x", "app/x")),
  leftOut("a hard link to what comes later", hard("app/x", "app/y"), file("app/y")),
  leftOut("a hard link to a link", link("app/y", "/etc/passwd"), hard("app/x", "app/y")),
  refused("a hard link through a link", link("app/d", "../../outside"), hard("app/d/x", "app/y")),
  leftOut("a hard link to what is behind a link", link("app/d", "../../outside"), hard("app/x", "app/d/kept")),
  ...["3", "4", "6"].map((type) => leftOut(`a device of type ${type}`, rawEntry({ name: "app/x", type, mode: 0o666 }))),
  ...["S", "V", "M", "D", "A", "Z", "~", "\u00ff"].map((type) =>
    refused(`an entry of type ${type}`, rawEntry({ name: "app/x", type, body: "x" })),
  ),
  refused(
    "a sparse file of POSIX",
    extended({ "GNU.sparse.major": "1", "GNU.sparse.name": "../outside/x" }),
    file("app/x"),
  ),
  leftOut("setuid, setgid and sticky", file("app/x", { mode: 0o7777 }), folder("app/d/", 0o7777)),
  leftOut("a file that nobody may read", file("app/x", { mode: 0 })),
  refused("a link in the place of the root", link("app", "../outside"), file("app/x")),
  refused("a file in the place of the root", file("app"), file("app/x")),
];

/** Sizes, lengths and orders. */
const shapes: readonly Hostile[] = [
  refused("a size of 8 GiB less one", file("app/x", { size: "77777777777" })),
  refused("a negative size", file("app/x", { size: "-7777777777" })),
  refused("a size that is no number", file("app/x", { size: "size" })),
  refused("a size of 2^90", file("app/x", { size: `\u0080${"\u007f".repeat(11)}` })),
  refused(
    "a size of POSIX that hides an entry",
    extended({ size: "0" }),
    file("app/x", { body: file("../outside/x") }),
  ),
  refused("a size of POSIX of 10^20", extended({ size: "100000000000000000000" }), file("app/x")),
  refused("a folder with content", extended({ size: "512" }), folder("app/d/"), file("../outside/x")),
  refused("a link with content", rawEntry({ name: "app/x", type: "2", link: "y", body: file("../outside/x") })),
  refused("a wrong checksum", file("app/x", { rightChecksum: false })),
  refused("an entry behind a block of zeros", new Uint8Array(512), file("app/x")),
  refused("a name for all entries", extended({ path: "app/../../outside/x" }, "g"), file("app/x")),
  refused("two names for one entry", longName("app/a"), extended({ path: "../outside/x" }), file("app/x")),
  refused("a name of 64 KiB", longName(`app/${"x/".repeat(33_000)}`), file("app/x")),
  refused("a name of 300 bytes", longName(`app/${"x".repeat(300)}`), file("app/x")),
  refused("a path through 200 folders", longName(`app/${"x/".repeat(200)}y`), file("app/x")),
  refused("a path of 5,000 bytes", longName(`app/${`${"y".repeat(200)}/`.repeat(25)}x`), file("app/x")),
  refused("a NUL in a name of POSIX", extended({ path: "app/a\0/../../outside" }), file("app/x")),
  refused("a prefix that leads upward", rawEntry({ name: "x", prefix: "app/../../outside", body: "x" })),
  refused("an absolute prefix", rawEntry({ name: "x", prefix: "/tmp", body: "x" })),
  refused("a file twice", file("app/x"), file("app/x")),
  refused("a file, then a folder of its name", file("app/x"), folder("app/x/")),
  refused("a folder, then a file of its name", folder("app/x/"), file("app/x")),
  refused("two names but for their case", file("app/README"), file("app/readme")),
  refused("two folders but for their case", file("app/D/a"), file("app/d/b")),
  refused(
    "more extended headers than anybody needs",
    ...Array.from({ length: 40 }, () => extended({ atime: "1" })),
    file("app/x"),
  ),
  refused(
    "an extended header that is none",
    rawEntry({ name: "x", type: "x", body: "999999 path=../outside/x\n" }),
    file("app/x"),
  ),
  leftOut("a name that is not UTF-8", rawEntry({ name: Buffer.from("app/\u00ff/x", "latin1"), body: "x" })),
  leftOut(
    "names that only look like it",
    file("app/..."),
    file("app/..x"),
    file("app/ .. "),
    file("app/．．"),
    file("app/~"),
    file("app/%2e%2e"),
  ),
  leftOut(
    "names of shells and options",
    file("app/$(touch x)"),
    file("app/-rf"),
    file("app/`x`"),
    file("app/*"),
    file("app/\n"),
  ),
  {
    name: "what is compressed",
    archive: Buffer.from("H4sIAAAAAAAAA+3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAAAA", "base64"),
    outcome: "refused",
  },
  { name: "a text", archive: Buffer.from("tar: command not found\n".repeat(100)), outcome: "refused" },
  { name: "nothing", archive: new Uint8Array(0), outcome: "refused" },
  { name: "zeros alone", archive: new Uint8Array(10_240), outcome: "refused" },
];

/** A random graph of folders, files and links of both kinds, some of which lead out. The same seed gives the same one. */
export function randomArchive(seed: number): Uint8Array {
  let state = seed * 2_654_435_761 + 1;
  const pick = <T>(choices: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return choices[(state >>> 8) % choices.length] as T;
  };
  const part = (): string => pick(["a", "b", "c", "A", "..", ".", "", "app", "d\\e", "ö", "x ", "-"]);
  const path = (): string =>
    [pick(["app", "app", "app", "..", "", "."]), ...Array.from({ length: pick([1, 2, 3]) }, part)].join("/");
  const safe = (): string =>
    ["app", ...Array.from({ length: pick([1, 2]) }, () => pick(["a", "b", "c", "d"]))].join("/");
  const name = (): string => (pick([0, 0, 0, 1]) === 1 ? path() : safe());
  const entries = Array.from({ length: pick([3, 6, 12]) }, () => {
    const to = pick([path(), safe(), "/etc", "../../outside", "..", "/"]);
    const more = pick([{}, { mode: 0o6755 }, { mtime: 8 ** 11 - 1 }]);
    const each = pick([file(name(), more), folder(`${name()}/`), link(name(), to), hard(name(), to)]);
    const before = pick([0, 0, 0, 1, 2]);
    if (before === 1) return Buffer.concat([longName(name()), each]);
    return before === 2 ? Buffer.concat([extended({ path: name(), linkpath: to }), each]) : each;
  });
  return archiveOf(...pick([[top], []]), ...entries);
}

export const hostileArchives: readonly Hostile[] = [...carried, ...found, ...kinds, ...shapes];
