import { InputError, nearest } from "@kubewright/core";
import type { DiscoveredGroupVersion, DiscoveredResource } from "../load/discovery.ts";
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

/**
 * Chooses resources of these group-versions: each entry is a kind, a plural, or one of them with its group behind a dot, as in
 * `Widget`, `widgets`, `widgets.example.com`.
 */
export function selectKinds(
  groupVersions: readonly DiscoveredGroupVersion[],
  kinds: readonly string[],
): DiscoveredGroupVersion[] {
  const chosen = new Set<DiscoveredResource>();
  for (const entry of kinds) {
    if (entry === "") throw new InputError("kinds", "an entry is empty");
    const all = groupVersions.flatMap((one) => one.resources.map((resource) => ({ one, resource })));
    const matching = all.filter(({ one, resource }) => kindNames(one, resource).includes(entry));
    if (matching.length === 0) {
      const near = nearest(
        entry,
        all.flatMap(({ one, resource }) => kindNames(one, resource)),
      );
      throw new InputError(
        "kinds",
        `no ${entry} is among what is chosen${near === undefined ? "." : `; did you mean ${near}?`} Kinds that kubewright ships need --groups`,
      );
    }
    for (const { resource } of matching) chosen.add(resource);
  }
  return groupVersions
    .map((one) => ({ ...one, resources: one.resources.filter((resource) => chosen.has(resource)) }))
    .filter(({ resources }) => resources.length > 0);
}

function kindNames({ group }: DiscoveredGroupVersion, { resource, responseKind }: DiscoveredResource): string[] {
  const names = responseKind?.kind ? [responseKind.kind, resource] : [resource];
  return [...names, ...names.map((name) => `${name}.${group}`)];
}
