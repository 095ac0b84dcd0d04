import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A resource of the real server, as its discovery says it. */
export interface Resource {
  /** Of the collection within a namespace that is given, or of the cluster. */
  path(namespace: string): string;
  readonly plural: string;
  readonly verbs: readonly string[];
}

interface Discovered {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources: readonly { resource: string; scope: string; verbs: readonly string[] }[];
    }[];
  }[];
}

/** What other components of a control plane say of themselves: not the server's own. */
const ofOthers = "componentstatuses";

/** Every resource of every version, without subresources. */
export const resources: readonly Resource[] = ["api.json", "apis.json"].flatMap((file) => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "openapi", "discovery", file), "utf8");
  return (JSON.parse(text) as Discovered).items.flatMap(({ metadata: { name: group }, versions }) =>
    versions.flatMap(({ version, resources: ofVersion }) =>
      ofVersion
        .filter(({ resource }) => resource !== ofOthers)
        .map(({ resource: plural, scope, verbs }) => ({
          plural,
          verbs,
          path(namespace) {
            const base = group === undefined || group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
            return `${base}${scope === "Namespaced" ? `/namespaces/${namespace}` : ""}/${plural}`;
          },
        })),
    ),
  );
});
