import type { ResourceInfo } from "../knowledge/resource-info.ts";

/** A group and what is served of it. */
export interface ServedGroup {
  /** Empty for the core group. */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly ServedVersion[];
}

/** One version of a group. */
export interface ServedVersion {
  readonly version: string;
  readonly resources: readonly ResourceInfo[];
}

/** Resources by group and version, all in the order in which they stand there: that of discovery. */
export function groupsOf(resources: readonly ResourceInfo[]): readonly ServedGroup[] {
  const groups = new Map<string, Map<string, ResourceInfo[]>>();
  for (const resource of resources) {
    const versions = groups.get(resource.group) ?? new Map<string, ResourceInfo[]>();
    groups.set(resource.group, versions);
    versions.set(resource.version, [...(versions.get(resource.version) ?? []), resource]);
  }
  return [...groups].map(([name, versions]) => ({
    name,
    versions: [...versions].map(([version, own]) => ({ version, resources: own })),
  }));
}
