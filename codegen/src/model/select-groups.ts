import { InputError, nearest } from "@kubewright/core";
import type { DiscoveredGroupVersion } from "../load/discovery.ts";
import { moduleOf } from "./names.ts";

/**
 * Chooses group-versions. Without `groups`: all that kubewright does not ship. `all` means every one; else each entry is a group
 * (`core` for the one without a name) or a group-version, as in `apps` or `example.com/v1`.
 */
export function selectGroups(
  groupVersions: readonly DiscoveredGroupVersion[],
  groups: readonly string[] | undefined,
  isShipped: (module: string) => boolean,
): DiscoveredGroupVersion[] {
  if (groups === undefined) {
    return groupVersions.filter(({ group, version }) => !isShipped(moduleOf(group, version)));
  }
  const chosen = new Set<DiscoveredGroupVersion>();
  for (const entry of groups) {
    if (entry === "") throw new InputError("groups", "an entry is empty");
    const matching = groupVersions.filter((one) => entry === "all" || namesOf(one).includes(entry));
    if (matching.length === 0) {
      const near = nearest(entry, groupVersions.flatMap(namesOf));
      throw new InputError("groups", `nothing serves ${entry}${near === undefined ? "" : `; did you mean ${near}?`}`);
    }
    for (const one of matching) chosen.add(one);
  }
  return groupVersions.filter((one) => chosen.has(one));
}

function namesOf({ group, version }: DiscoveredGroupVersion): string[] {
  const name = group === "" ? "core" : group;
  return [name, `${name}/${version}`];
}
