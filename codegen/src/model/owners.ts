import type { JsonSchema } from "../load/openapi.ts";
import { builtInGroup, moduleOf } from "./names.ts";

const builtInName = /^io\.k8s\.(?:api|[\w-]+\.pkg\.apis)\.([a-z]+)\.(v\d\w*)\.[^.]+$/;

/** Finds the one module that owns a schema, by its full name; undefined where no rule knows one. */
export type OwnerRule = (fullName: string) => string | undefined;

/**
 * The rule for these schemas. Kubernetes' own say it in their name (`io.k8s.api.<group>.<version>.X`), everything of
 * apimachinery is meta/v1. Any other package belongs to the group-version that its kinds have.
 */
export function ownerRule(schemas: ReadonlyMap<string, JsonSchema>): OwnerRule {
  const modulesOfPackage = new Map<string, Set<string>>();
  for (const [fullName, schema] of schemas) {
    const kinds = schema["x-kubernetes-group-version-kind"] ?? [];
    // Kinds such as DeleteOptions belong to every group-version and say nothing.
    if (kinds.length !== 1) continue;
    const modules = modulesOfPackage.get(packageOf(fullName)) ?? new Set();
    modules.add(moduleOf(kinds[0]!.group, kinds[0]!.version));
    modulesOfPackage.set(packageOf(fullName), modules);
  }
  return (fullName) => {
    const builtIn = builtInModule(fullName);
    if (builtIn !== undefined) return builtIn;
    const modules = [...(modulesOfPackage.get(packageOf(fullName)) ?? [])];
    return modules.length === 1 ? modules[0] : undefined;
  };
}

/** The owner of one of Kubernetes' own schemas, which its name says. */
export function builtInModule(fullName: string): string | undefined {
  if (fullName.startsWith("io.k8s.apimachinery.")) return "meta/v1";
  const [, short, version] = builtInName.exec(fullName) ?? [];
  const group = short === undefined ? undefined : builtInGroup(short);
  return group === undefined ? undefined : moduleOf(group, version!);
}

function packageOf(fullName: string): string {
  return fullName.slice(0, fullName.lastIndexOf("."));
}
