import type { DeleteOptions } from "../types/options.ts";

/** The DeleteOptions of a delete or deleteCollection as body; undefined when there is nothing to say. `options` are checked. */
export function deleteBody(options: DeleteOptions): object | undefined {
  const { dryRun, gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions } = options;
  const body = {
    dryRun: dryRun === undefined ? undefined : [dryRun],
    gracePeriodSeconds,
    propagationPolicy,
    orphanDependents,
    preconditions,
    ignoreStoreReadErrorWithClusterBreakingPotential: options.ignoreStoreReadErrorWithClusterBreakingPotential,
  };
  if (Object.values(body).every((value) => value === undefined)) return undefined;
  return { apiVersion: "v1", kind: "DeleteOptions", ...body };
}
