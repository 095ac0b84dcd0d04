import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../../bench.ts";
import { times, type Row } from "../../row.ts";
import { interleave } from "../../statistics.ts";
import { costText, middle, ratios, type Cost } from "./cost.ts";
import { timedKubectl } from "./kubectl.ts";
import type { Place } from "./place.ts";

/** What is copied. */
interface Tree {
  readonly what: string;
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
}

type Way = "copyTo" | "copyFrom";

const most = 1.1;

/** One large file, and many small ones, both ways. Containers see the machine's folders, so all of it lies below `folder`. */
export async function copyRows(bench: Bench, place: Place, folder: string): Promise<readonly Row[]> {
  const trees = [largeFile(join(folder, "large"), bench.quick), smallFiles(join(folder, "small"), bench.quick)];
  const rows: Row[] = [];
  for (const tree of trees) rows.push(await row(bench, place, folder, tree));
  return rows;
}

function largeFile(path: string, quick: boolean): Tree {
  const megabytes = quick ? 20 : 200;
  mkdirSync(path);
  const piece = randomBytes(1_000_000);
  for (let i = 0; i < megabytes; i++) writeFileSync(join(path, "file"), piece, { flag: "a" });
  return { what: `a file of ${megabytes} MB`, path, files: 1, bytes: megabytes * 1_000_000 };
}

function smallFiles(path: string, quick: boolean): Tree {
  const folders = quick ? 5 : 100;
  const each = 100;
  const size = 2000;
  for (let i = 0; i < folders; i++) {
    mkdirSync(join(path, `folder-${i}`), { recursive: true });
    for (let j = 0; j < each; j++) writeFileSync(join(path, `folder-${i}`, `file-${j}`), randomBytes(size));
  }
  return { what: `${folders * each} files of ${size} B`, path, files: folders * each, bytes: folders * each * size };
}

async function row(bench: Bench, place: Place, folder: string, tree: Tree): Promise<Row> {
  const up = await measure(bench, place, folder, tree, "copyTo");
  const down = await measure(bench, place, folder, tree, "copyFrom");
  const ratio = { up: ratios(up.ours, up.kubectl), down: ratios(down.ours, down.kubectl) };
  return {
    what: `copying ${tree.what}`,
    clientNode: "its promises do not wait for the copy",
    floor: `kubectl cp: in ${costText(up.kubectl)}; out ${costText(down.kubectl)}`,
    ours: `in ${costText(up.ours)}; out ${costText(down.ours)}`,
    aim: `≤ ${most} × kubectl cp`,
    measured: `in ${times(ratio.up.wall)}, CPU ${times(ratio.up.cpu)}; out ${times(ratio.down.wall)}, CPU ${times(ratio.down.cpu)}`,
    reached: ratio.up.wall <= most && ratio.down.wall <= most,
    detail: { up, down },
  };
}

async function measure(
  { quick, say }: Bench,
  place: Place,
  folder: string,
  tree: Tree,
  way: Way,
): Promise<{ readonly ours: Cost; readonly kubectl: Cost }> {
  say(`copying ${tree.what} ${way === "copyTo" ? "into the pod" : "out of it"}`);
  // They are removed at the end: a file system that discards what is removed is slow behind that.
  const copies = join(folder, "copies");
  mkdirSync(copies);
  let count = 0;
  const checked = async (copy: (to: string) => Promise<Cost>): Promise<Cost> => {
    const to = join(copies, String(count++));
    const cost = await copy(to);
    check(tree, to);
    return cost;
  };
  const there = (path: string): string => `${place.namespace}/${place.pod}:${path}`;
  // It tries again as often as ours, which it does not by itself.
  const kubectlArgs = (to: string): readonly string[] =>
    way === "copyTo" ? [tree.path, there(to)] : ["--retries=2", there(tree.path), to];
  /** Its connection breaks now and then, in spite of its retries: such a round does not count. */
  const kubectlCopy = async (left = 5): Promise<Cost> => {
    try {
      return await checked((to) => timedKubectl(place, ["cp", ...kubectlArgs(to)]));
    } catch (error) {
      if (left === 0) throw error;
      say("kubectl cp failed, and is tried again");
      return kubectlCopy(left - 1);
    }
  };
  await using process = await place.start("kubewright");
  const { ours, kubectl } = await interleave(quick ? 1 : 2, {
    ours: () => checked((to) => process.ask<Cost>("copy", { way, from: tree.path, to })),
    kubectl: () => kubectlCopy(),
  });
  rmSync(copies, { recursive: true });
  return { ours: middle(ours!), kubectl: middle(kubectl!) };
}

/** All of it is there. */
function check({ files, bytes }: Tree, path: string): void {
  const found = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const size = found.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  if (found.length !== files || size !== bytes)
    throw new Error(`${path} has ${found.length} files of ${size} bytes together, not ${files} of ${bytes}`);
}
