import type { ResourceSource, SourceConnection } from "@kubewright/core";
import { resourceName } from "./resource-name.ts";

// By connection, since another server may answer otherwise.
const known = new WeakMap<SourceConnection, Set<string>>();

/** Whether this collection can be asked for as a watch, as far as is known. */
export function hasWatchList({ connection, resource }: ResourceSource): boolean {
  return known.get(connection)?.has(resourceName(resource)) !== true;
}

/** Keeps in mind that it cannot. */
export function rememberNoWatchList({ connection, resource }: ResourceSource): void {
  let without = known.get(connection);
  if (without === undefined) known.set(connection, (without = new Set()));
  without.add(resourceName(resource));
}
