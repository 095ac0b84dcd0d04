import { globSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inRoot } from "../lib/root.ts";

/** A generated descriptor, as far as the tables say it. */
interface Resource {
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly subresources?: Readonly<Record<string, unknown>>;
}

interface Group {
  readonly group: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, Resource>>;
}

const modules = "packages/api/src/gen";

/** A document with a table of the resources of each generated group. */
export async function resourceTables(): Promise<string> {
  const sections: string[] = [];
  for (const file of globSync("**/*.ts", { cwd: inRoot(modules) }).toSorted()) {
    const exported = (await import(pathToFileURL(inRoot(modules, file)).href)) as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(exported)) {
      if (isGroup(value)) sections.push(section(name, file.replaceAll("\\", "/").replace(/\.ts$/, ""), value));
    }
  }
  return `# Resources of every group\n\n${sections.join("\n")}`;
}

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && "resources" in value;
}

function section(name: string, path: string, { group, version, resources }: Group): string {
  const rows = Object.entries(resources).map(([property, { kind, namespaced, verbs, shortNames, subresources }]) => {
    const cells = [
      `\`${property}\``,
      kind,
      namespaced ? "namespaced" : "cluster",
      (verbs ?? []).join(", "),
      Object.keys(subresources ?? {}).join(", "),
      (shortNames ?? []).join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `## ${name}

\`${group === "" ? version : `${group}/${version}`}\`: \`import { ${name} } from "kubewright/${path}";\`

| Client | Kind | Scope | Verbs | Subresources | Short names |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}
