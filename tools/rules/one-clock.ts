import { isTest, type Repo, type Rule } from "./repo.ts";
import { syntaxOf } from "./syntax.ts";

/** Where every wait goes through a `Clock`, so that tests can make hours pass at once. */
const folders = ["packages/core/src/", "packages/runtime/src/", "packages/browser/src/"];

/** Who may ask the platform for the time all the same, and why. */
const realTime: Readonly<Record<string, string>> = {
  "packages/core/src/time/clock.ts": "it is the clock",
  "packages/core/src/codec/json/large-list.ts": "slices of work: how long the event loop has really stood",
  "packages/core/src/transport/web-socket.ts": "how far the platform has sent, which tells nobody when it has",
  "packages/core/src/values/micro-time.ts": "a value without a cluster: now is what its caller writes down",
};

/** Time and chance come from a `Clock`. The list of exceptions holds nobody who needs none. */
export const oneClock: Rule = {
  name: "one clock",
  check(repo) {
    const problems: string[] = [];
    for (const path of clocked(repo)) {
      if (realTime[path] !== undefined) continue;
      for (const { line, what } of syntaxOf(path, repo.text(path)).clocks)
        problems.push(
          `${path}:${line}: ${what}: take a Clock; what must be real time stands in tools/rules/one-clock.ts with its reason`,
        );
    }
    for (const [path, why] of Object.entries(realTime)) {
      if (!repo.paths.includes(path) || syntaxOf(path, repo.text(path)).clocks.length > 0) continue;
      problems.push(`${path}: it asks for no time; take it off the list in tools/rules/one-clock.ts ("${why}")`);
    }
    return problems;
  },
};

function clocked({ paths }: Repo): readonly string[] {
  return paths.filter(
    (path) => path.endsWith(".ts") && !isTest(path) && folders.some((folder) => path.startsWith(folder)),
  );
}
