import type { ApiVersion } from "./api-resource.ts";

/** The versions in their order, but stale ones last: what they have may be gone. client-go does not see them at all. */
export function freshFirst(versions: readonly ApiVersion[]): readonly ApiVersion[] {
  return [...versions].sort((a, b) => Number(a.stale) - Number(b.stale));
}
