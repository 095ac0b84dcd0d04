import type { Draft } from "../objects/draft.ts";
import { equalValues } from "../objects/equal-values.ts";
import type { WriteCall } from "./write-call.ts";

/**
 * Takes away owners that stand twice, and warns of them (k8s.io/apiserver pkg/endpoints/handlers/rest.go, dedupOwnerReferences).
 * A patch is looked at after admission only, which the words say.
 */
export function dropRepeatedOwners({ metadata }: Draft, { call, context }: WriteCall): void {
  const owners = metadata.ownerReferences ?? [];
  const kept: Record<string, unknown>[] = [];
  const repeated: string[] = [];
  for (const owner of owners) {
    if (kept.some((one) => equalValues(one, owner))) repeated.push(String(owner["uid"]));
    else kept.push(owner);
  }
  if (repeated.length === 0) return;
  metadata.ownerReferences = kept;
  const when = call.verb === "patch" ? " after mutating admission happens" : "";
  context.warn(
    `.metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${repeated.join(", ")}`,
  );
}
