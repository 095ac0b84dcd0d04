import type { ResourceInfo } from "./resource-info.ts";

/** What a server serves, to be looked up. */
export interface Served {
  /** In the order of discovery. */
  readonly resources: readonly ResourceInfo[];
  find(group: string, version: string, plural: string): ResourceInfo | undefined;
  /** A resource in the version that the server prefers. */
  preferred(group: string, plural: string): ResourceInfo | undefined;
  /** Whether it serves any version of a group. */
  hasGroup(group: string): boolean;
}

/** An index of resources. */
export function createServed(resources: readonly ResourceInfo[]): Served {
  const byPath = new Map(resources.map((one) => [`${one.group}/${one.version}/${one.plural}`, one]));
  const preferred = new Map(resources.toReversed().map((one) => [`${one.group}/${one.plural}`, one]));
  const groups = new Set(resources.map(({ group }) => group));
  return {
    resources,
    find: (group, version, plural) => byPath.get(`${group}/${version}/${plural}`),
    preferred: (group, plural) => preferred.get(`${group}/${plural}`),
    hasGroup: (group) => groups.has(group),
  };
}
