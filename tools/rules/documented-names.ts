import type { Repo, Rule } from "./repo.ts";

const options = "packages/node/src/settings/connect-options.ts";
/** The packages whose every value has its place on a page. */
const imported = [
  "kubewright",
  "@kubewright/protobuf",
  "@kubewright/testing",
  "@kubewright/proxy",
  "@kubewright/copy",
  "@kubewright/browser",
  "@kubewright/browser/react",
];

/** What people can call, and what they can ask of `connect()`, stands on a page of docs/. The API reference has the types. */
export const documentedNames: Rule = {
  name: "names in docs/",
  check(repo) {
    const pages = repo.paths.filter((path) => /^docs\/[^/]+\.md$/.test(path)).map((path) => repo.text(path));
    const words = new Set(pages.flatMap(codeOf).flatMap((code) => code.match(/\w+/g) ?? []));
    return [...exportedValues(repo), ...optionsOfConnect(repo)]
      .filter(([name]) => !words.has(name))
      .map(([name, where]) => `${where}: ${name} is on no page of docs/`);
  },
};

/** Blocks and spans of code: `is` is a word, too. */
function codeOf(text: string): readonly string[] {
  return text.match(/^```\w.*?^```$|`[^`\n]+`/gms) ?? [];
}

function exportedValues(repo: Repo): readonly (readonly [string, string])[] {
  const path = "tools/rules/exported-names.json";
  if (!repo.paths.includes(path)) return [];
  const exported = JSON.parse(repo.text(path)) as Readonly<Record<string, readonly string[]>>;
  const names = imported.flatMap((name) => exported[name] ?? []);
  return names.filter((name) => !name.startsWith("type ")).map((name) => [name, path]);
}

function optionsOfConnect(repo: Repo): readonly (readonly [string, string])[] {
  if (!repo.paths.includes(options)) return [];
  return [...repo.text(options).matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name = ""]) => [name, options]);
}
