import { dirname, normalize } from "node:path/posix";
import type { Repo, Rule } from "./repo.ts";

/**
 * Links of documents lead to files that are there, and to headings that are there, also those that go through the address of the
 * repository, as on npm's pages. Other addresses of the web are not looked at.
 */
export const links: Rule = {
  name: "links between documents",
  check(repo) {
    const problems: string[] = [];
    for (const path of repo.paths.filter((path) => path.endsWith(".md"))) {
      for (const { target, line } of linksOf(repo.text(path))) {
        const problem = problemOf(repo, path, target);
        if (problem !== undefined) problems.push(`${path}:${line}: ${problem}`);
      }
    }
    return problems;
  },
};

// What stands on a branch of the repository.
const ours = /^https:\/\/github\.com\/kubewright\/kubewright\/(?:blob|tree)\/main\//;

function problemOf(repo: Repo, from: string, link: string): string | undefined {
  if (ours.test(link)) return problemOf(repo, "README.md", link.replace(ours, ""));
  if (/^(https?|mailto):/.test(link)) return undefined;
  const [target = "", heading] = link.split("#");
  const path = target === "" ? from : normalize(`${dirname(from)}/${target}`).replace(/\/$/, "");
  const file = repo.paths.includes(path);
  if (!file && !repo.paths.some((known) => known.startsWith(`${path}/`))) return `${link}: there is no ${path}`;
  if (heading === undefined) return undefined;
  const known = file ? headingsOf(repo.text(path)) : [];
  return known.includes(heading) ? undefined : `${link}: ${path} has no such heading; it has ${known.join(", ")}`;
}

interface Link {
  readonly target: string;
  readonly line: number;
}

function linksOf(text: string): readonly Link[] {
  return prose(text).flatMap((line, index) =>
    [...line.replaceAll(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => ({
      target,
      line: index + 1,
    })),
  );
}

/** As GitHub names the places of headings: lower case, no punctuation, hyphens; a name that comes again gets a number. */
function headingsOf(text: string): readonly string[] {
  const counts = new Map<string, number>();
  return prose(text).flatMap((line) => {
    const [, title] = /^#{1,6} (.+)$/.exec(line) ?? [];
    if (title === undefined) return [];
    const slug = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
      .replaceAll(" ", "-");
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return [count === 0 ? slug : `${slug}-${count}`];
  });
}

/** The lines, those within fences emptied. */
function prose(text: string): readonly string[] {
  let fenced = false;
  return text.split("\n").map((line) => {
    if (/^ *```/.test(line)) {
      fenced = !fenced;
      return "";
    }
    return fenced ? "" : line;
  });
}
