import { dirname } from "node:path/posix";
import type { Rule } from "./repo.ts";

interface Fields {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly license?: string;
  readonly sideEffects?: unknown;
  readonly engines?: { readonly node?: string };
  readonly homepage?: string;
  readonly repository?: { readonly type?: string; readonly url?: string; readonly directory?: string };
  readonly bugs?: string;
  readonly keywords?: readonly string[];
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What published packages run on; packages/node checks it when it is imported. */
const engine = "^22.19 || >=24";

/** Where the project lives, as npm shows it and provenance compares it. */
const home = "https://github.com/kubewright/kubewright";

/** One version for all packages, exact versions from the catalog, nothing that runs while installing. */
export const manifests: Rule = {
  name: "package.json fields",
  check(repo) {
    const problems: string[] = [];
    const paths = repo.paths.filter((path) =>
      /^(codegen|packages\/[^/]+|test|examples(\/dashboard)?)\/package\.json$/.test(path),
    );
    const versions = new Map<string, string>();
    for (const path of paths) {
      const fields = JSON.parse(repo.text(path)) as Fields;
      versions.set(path, fields.version);
      for (const problem of [
        ...dependencyProblems(fields),
        ...(fields.private === true ? [] : [...publishedProblems(fields), ...pageProblems(fields, dirname(path))]),
      ]) {
        problems.push(`${path}: ${problem}`);
      }
    }
    if (new Set(versions.values()).size > 1) {
      problems.push(`versions differ: ${[...versions].map(([path, version]) => `${path} ${version}`).join(", ")}`);
    }
    if (repo.paths.includes("pnpm-workspace.yaml")) problems.push(...catalogProblems(repo.text("pnpm-workspace.yaml")));
    return problems;
  },
};

function dependencyProblems({ dependencies, devDependencies, scripts }: Fields): readonly string[] {
  const problems: string[] = [];
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const own = name === "kubewright" || name.startsWith("@kubewright/");
    if (own ? version !== "workspace:*" : !version.startsWith("catalog:")) {
      problems.push(`${name} is "${version}", must be "${own ? "workspace:*" : "catalog:"}"`);
    }
  }
  for (const name of ["preinstall", "install", "postinstall", "prepare"]) {
    if (scripts?.[name] !== undefined) problems.push(`it runs ${name}`);
  }
  return problems;
}

function publishedProblems(fields: Fields): readonly string[] {
  const problems: string[] = [];
  if (fields.type !== "module") problems.push("type is not module");
  if (fields.license !== "Apache-2.0") problems.push("license is not Apache-2.0");
  if (fields.sideEffects !== false && !namesWhatIsBuilt(fields.sideEffects)) {
    problems.push("sideEffects is neither false nor a list of sources, each with what it becomes in both formats");
  }
  if (fields.engines?.node !== engine) problems.push(`engines.node is not ${engine}`);
  return problems;
}

/** What npm's page of a package links to; without the right folder, its links to files lead elsewhere. */
function pageProblems(fields: Fields, folder: string): readonly string[] {
  const { homepage, repository, bugs, keywords = [], publishConfig } = fields;
  const problems: string[] = [];
  if (homepage !== `${home}#readme`) problems.push(`homepage is not ${home}#readme`);
  if (repository?.type !== "git" || repository.url !== `git+${home}.git` || repository.directory !== folder)
    problems.push(`repository is not git+${home}.git with the directory ${folder}`);
  if (bugs !== `${home}/issues`) problems.push(`bugs is not ${home}/issues`);
  if (!keywords.includes("kubernetes")) problems.push("keywords do not hold kubernetes");
  if (publishConfig?.access !== "public" || publishConfig.provenance !== true)
    problems.push("publishConfig is not public with provenance");
  return problems;
}

/** A bundler drops a file that is not in the list; the build makes a file of its own of each source that is. */
function namesWhatIsBuilt(sideEffects: unknown): boolean {
  if (!Array.isArray(sideEffects)) return false;
  const files = new Set<unknown>(sideEffects);
  const names = sideEffects.flatMap((file) => /^\.\/src\/(\w[\w-]*)\.ts$/.exec(String(file))?.[1] ?? []);
  return (
    files.size === 3 * names.length &&
    names.every((name) => files.has(`./dist/${name}.mjs`) && files.has(`./dist/${name}.js`))
  );
}

/** The catalog's versions; it is read by line, because the tools have no YAML parser of their own. */
function catalogProblems(yaml: string): readonly string[] {
  const block = /^catalogs?:\n(?:(?: .*|#.*)?\n)*/gm;
  const problems: string[] = [];
  for (const [text] of yaml.matchAll(block)) {
    for (const [, name, version] of text.matchAll(/^ +"?([@\w./-]+)"?: +"?([^"\n]+?)"?$/gm)) {
      if (!/^\d+\.\d+\.\d+$/.test(String(version)))
        problems.push(`pnpm-workspace.yaml: ${name} ${version} is not exact`);
    }
  }
  return problems;
}
