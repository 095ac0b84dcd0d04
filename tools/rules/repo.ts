import { existsSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { inRoot, root } from "../lib/root.ts";

/** The files of the repository, as rules see them. */
export interface Repo {
  /** Paths relative to the top, with "/", sorted. */
  readonly paths: readonly string[];
  text(path: string): string;
}

/** A rule of the house; each returns one line per breach, beginning with the file. */
export interface Rule {
  readonly name: string;
  check(repo: Repo): readonly string[];
}

/** The files git knows and those it would add; ignored ones are left out. */
export function readRepo(): Repo {
  // A checkout that belongs to somebody else is common in containers; git only reads here.
  const trust = ["-c", `safe.directory=${root}`];
  const listed = execFileSync("git", [...trust, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  // A file deleted but not yet committed is still listed.
  const paths = [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(inRoot(path))).toSorted();
  return repoFrom(paths, (path) => readFileSync(inRoot(path), "utf8"));
}

/** A repository made of texts, for the tests of rules. */
export function repoOf(files: Readonly<Record<string, string>>): Repo {
  return repoFrom(Object.keys(files).toSorted(), (path) => files[path] ?? "");
}

function repoFrom(paths: readonly string[], read: (path: string) => string): Repo {
  const texts = new Map<string, string>();
  return {
    paths,
    text(path) {
      let text = texts.get(path);
      if (text === undefined) texts.set(path, (text = read(path)));
      return text;
    },
  };
}

/** Written by the generator, or what a test expects of it. */
export function isGenerated(path: string): boolean {
  return /(^|\/)(gen|golden)\//.test(path);
}

export function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || path.startsWith("test/");
}

/** Hand-written TypeScript, tests among it. */
export function sources(repo: Repo): readonly string[] {
  return repo.paths.filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && !isGenerated(path));
}

/** "packages/core" for what lies in it; "examples/dashboard"; else the first folder; "" for files at the top. */
export function roomOf(path: string): string {
  const parts = path.split("/");
  if (parts.length === 1) return "";
  const deep = parts[0] === "packages" || path.startsWith("examples/dashboard/");
  return deep ? parts.slice(0, 2).join("/") : String(parts[0]);
}
