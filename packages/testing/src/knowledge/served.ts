import type { ResourceInfo } from "./resource-info.ts";

/** What a server serves, to be looked up. */
export interface Served {
  /** In the order of discovery. */
  readonly resources: readonly ResourceInfo[];
  find(group: string, version: string, plural: string): ResourceInfo | undefined;
  /** A resource in the version that the server prefers. */
  preferred(group: string, plural: string): ResourceInfo | undefined;
  /** Whether it serves anything there. */
  hasVersion(group: string, version: string): boolean;
}

/** An index of resources. */
export function createServed(resources: readonly ResourceInfo[]): Served {
  const byPath = new Map(resources.map((one) => [`${one.group}/${one.version}/${one.plural}`, one]));
  const preferred = new Map(resources.toReversed().map((one) => [`${one.group}/${one.plural}`, one]));
  const versions = new Set(resources.map(({ group, version }) => `${group}/${version}`));
  return {
    resources,
    find: (group, version, plural) => byPath.get(`${group}/${version}/${plural}`),
    preferred: (group, plural) => preferred.get(`${group}/${plural}`),
    hasVersion: (group, version) => versions.has(`${group}/${version}`),
  };
}
