import { kindOf, type DiscoveredGroupVersion } from "../load/discovery.ts";
import type { GroupVersionKind } from "../load/openapi.ts";
import { kindText } from "./names.ts";

export type Scope = "Namespaced" | "Cluster";

/** The scope of each kind that anything serves, by `apps/v1 Deployment`; a resource's own kind counts more than a subresource's. */
export function servedScopes(discovered: readonly DiscoveredGroupVersion[]): Map<string, Scope> {
  const scopes = new Map<string, Scope>();
  const add = (kind: GroupVersionKind | undefined, scope: string): void => {
    if (kind === undefined || scopes.has(kindText(kind))) return;
    scopes.set(kindText(kind), scope === "Namespaced" ? "Namespaced" : "Cluster");
  };
  for (const groupVersion of discovered) {
    for (const { responseKind, scope } of groupVersion.resources) add(kindOf(responseKind, groupVersion), scope);
  }
  for (const groupVersion of discovered) {
    for (const { subresources = [], scope } of groupVersion.resources) {
      for (const { responseKind } of subresources) add(kindOf(responseKind, groupVersion), scope);
    }
  }
  return scopes;
}
