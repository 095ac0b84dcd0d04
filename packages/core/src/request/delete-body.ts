import { InputError } from "../errors/input-error.ts";
import type { DeleteOptions } from "../types/options.ts";
import { plainObject } from "../input/plain-object.ts";

const propagation = ["Foreground", "Background", "Orphan"];

/** The DeleteOptions of a delete or deleteCollection as body; undefined when there is nothing to say. */
export function deleteBody(options: DeleteOptions): object | undefined {
  const { dryRun, gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions } = options;
  if (dryRun !== undefined && dryRun !== "All") throw new InputError("dryRun", 'it must be "All"');
  if (gracePeriodSeconds !== undefined && (!Number.isSafeInteger(gracePeriodSeconds) || gracePeriodSeconds < 0)) {
    throw new InputError("gracePeriodSeconds", "it must be a whole number of at least 0");
  }
  if (propagationPolicy !== undefined && !propagation.includes(propagationPolicy)) {
    throw new InputError("propagationPolicy", 'it must be "Foreground", "Background" or "Orphan"');
  }
  if (preconditions !== undefined) checkPreconditions(preconditions);
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

// A precondition that was meant but is undefined would delete without it.
function checkPreconditions(preconditions: NonNullable<DeleteOptions["preconditions"]>): void {
  const given = Object.entries(plainObject(preconditions, "preconditions"));
  if (given.length === 0) throw new InputError("preconditions", "it is empty; give uid or resourceVersion");
  for (const [key, value] of given) {
    if (key !== "uid" && key !== "resourceVersion")
      throw new InputError(`preconditions.${key}`, "only uid and resourceVersion can be preconditions");
    if (typeof value !== "string" || value === "")
      throw new InputError(`preconditions.${key}`, "it must be text that is not empty");
  }
}
