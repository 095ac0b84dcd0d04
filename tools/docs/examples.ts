import { globSync, readFileSync } from "node:fs";
import { inRoot, root } from "../lib/root.ts";

/** The `@example` of a docstring. */
export interface Example {
  /** Such as `packages/node/src/connect.ts:24`. */
  readonly where: string;
  readonly code: string;
}

/** What examples see without saying where it comes from. */
const around = `
declare const cluster: import("kubewright").Cluster;
const { pods: allPods, configMaps: allConfigMaps, services: allServices } = cluster.api(CoreV1);
const { deployments: allDeployments } = cluster.api(AppsV1);
const [pods, configMaps, deployments] = [allPods.in(), allConfigMaps.in(), allDeployments.in()];
const services = allServices.in();
interface Widget extends KubernetesObject { spec?: { size?: number } }
const widgets = cluster.resource<Widget>({ group: "example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true }).in();
`;

/** Every example of the hand-written sources. */
export function readExamples(): readonly Example[] {
  const files = globSync(["packages/*/src/**/*.ts", "codegen/src/**/*.ts"], { cwd: root, exclude: ["**/gen/**"] });
  return files
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".test.ts"))
    .toSorted()
    .flatMap((path) => examplesIn(path, readFileSync(inRoot(path), "utf8")));
}

/** The examples of a file; each goes on to the next tag or the end of its docstring. */
export function examplesIn(path: string, text: string): readonly Example[] {
  return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap((docstring) =>
    [...docstring[0].matchAll(/@example\b(.*?)(?=\n\s*\* @|\*\/)/gs)].map(([, body = ""], index) => ({
      where: `${path}:${text.slice(0, docstring.index + docstring[0].split("@example", index + 1).join("@example").length).split("\n").length}`,
      code: body.replaceAll(/^[ \t]*\* ?/gm, "").trim(),
    })),
  );
}

/** Names such as `connect` and `type Cluster`, by the package that has them. */
export type ImportableNames = Readonly<Record<string, readonly string[]>>;

/** An example as a module: which of the names it uses is imported. */
export function exampleModule({ code }: Example, names: ImportableNames): string {
  const own = `${around}\nexport async function example(): Promise<void> {\n${code}\n}\n`;
  const imports = Object.entries(names).map(([from, all]) => {
    const used = all.filter((name) => new RegExp(`\\b${name.replace("type ", "")}\\b`).test(own));
    return used.length === 0 ? "" : `import { ${used.join(", ")} } from "${from}";\n`;
  });
  return `import { CoreV1 } from "kubewright/core/v1";\nimport { AppsV1 } from "kubewright/apps/v1";\n${imports.join("")}${own}`;
}
