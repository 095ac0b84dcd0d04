import { isGenerated, type Rule } from "./repo.ts";

/** Code files and their folders are kebab-case; a dot may set off what a file is for, as in x.test.ts. */
export const fileNames: Rule = {
  name: "file names",
  check(repo) {
    return repo.paths
      .filter((path) => /\.(tsx?|mts|mjs|js)$/.test(path) && !isGenerated(path))
      .filter((path) => !path.split("/").every((part) => /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part)))
      .map((path) => `${path}: not kebab-case`);
  },
};
