import { sources, isTest, type Rule } from "./repo.ts";

const limit = 350;
const testLimit = 700;

/** A file beyond this has a second responsibility. */
export const fileLength: Rule = {
  name: "file length",
  check(repo) {
    const problems: string[] = [];
    for (const path of sources(repo)) {
      const lines = repo.text(path).trimEnd().split("\n").length;
      const most = isTest(path) ? testLimit : limit;
      if (lines > most) problems.push(`${path}: ${lines} lines, at most ${most}`);
    }
    return problems;
  },
};
