import { InputError, type ResourceSource } from "@kubewright/core";

/** Refuses a collection that cannot be both listed and watched, as far as its descriptor says. @throws InputError that says what it can do */
export function checkVerbs({ resource: { group, version, plural, verbs } }: ResourceSource): void {
  if (verbs === undefined) return;
  const lists = verbs.includes("list");
  const watches = verbs.includes("watch");
  if (lists && watches) return;
  const what = `${plural} in ${group === "" ? version : `${group}/${version}`}`;
  const instead = lists
    ? "can be listed, but not watched; read them by list() as often as they are needed"
    : watches
      ? "can be watched, but not listed; use watch()"
      : `can neither be listed nor watched; they can ${verbs.join(", ")}`;
  throw new InputError("resource", `${what} ${instead}`);
}
