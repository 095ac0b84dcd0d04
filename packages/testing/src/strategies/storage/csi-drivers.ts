import {
  type Causes,
  duplicateCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongChange } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, textIn, textsIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/storage/validation

const groupPolicies: readonly string[] = ["File", "None", "ReadWriteOnceWithFSType"];
const lifecycles: readonly string[] = ["Persistent", "Ephemeral"];
const leastPeriod = 10;
const tokenSeconds = { least: 600, most: 2 ** 32 };

/** A CSIDriver. */
export const csiDrivers: Strategy = {
  warnings: (draft) => driverWarnings(objectIn(draft, "spec")),
  validate: (draft) => wrongDriver(objectIn(draft, "spec")),
  *validateUpdate(draft, old) {
    const [spec, before] = [objectIn(draft, "spec"), objectIn(old, "spec")];
    yield* wrongDriver(spec);
    yield* wrongChange("spec.attachedRequired", spec["attachRequired"], before["attachRequired"]);
    yield* wrongChange("spec.volumeLifecycleModes", spec["volumeLifecycleModes"], before["volumeLifecycleModes"]);
  },
};

/** What has to be there, by the name that the server tells it by. */
const required = [
  ["attachRequired", "attachedRequired"],
  ["podInfoOnMount", "podInfoOnMount"],
  ["storageCapacity", "storageCapacity"],
] as const;

function* wrongDriver(spec: Fields): Causes {
  for (const [field, shown] of required) if (spec[field] === undefined) yield requiredCause(`spec.${shown}`);
  const policy = spec["fsGroupPolicy"];
  if (policy !== undefined && !groupPolicies.includes(textIn(spec, "fsGroupPolicy")))
    yield notSupportedCause("spec.fsGroupPolicy", policy, groupPolicies);
  yield* wrongTokens(objectsIn(spec, "tokenRequests"));
  for (const mode of textsIn(spec, "volumeLifecycleModes"))
    if (!lifecycles.includes(mode)) yield notSupportedCause("spec.volumeLifecycleModes", mode, lifecycles);
  if (spec["seLinuxMount"] === undefined) yield requiredCause("spec.seLinuxMount");
  const period = numberIn(spec, "nodeAllocatableUpdatePeriodSeconds");
  if (period !== undefined && period < leastPeriod)
    yield invalidCause(
      "spec.nodeAllocatableUpdatePeriodSeconds",
      period,
      `must be greater than or equal to ${leastPeriod} seconds`,
    );
  const inSecrets = spec["serviceAccountTokenInSecrets"];
  if (inSecrets !== undefined && objectsIn(spec, "tokenRequests").length === 0)
    yield invalidCause(
      "spec.serviceAccountTokenInSecrets",
      inSecrets,
      "serviceAccountTokenInSecrets is set but no tokenRequests are specified",
    );
}

function* wrongTokens(requests: readonly Fields[]): Causes {
  const audiences = new Set<string>();
  for (const [index, request] of requests.entries()) {
    const at = `spec.tokenRequests[${index}]`;
    const audience = textIn(request, "audience");
    if (audiences.has(audience)) {
      yield duplicateCause(`${at}.audience`, audience);
      continue;
    }
    audiences.add(audience);
    const seconds = numberIn(request, "expirationSeconds");
    if (seconds === undefined) continue;
    if (seconds < tokenSeconds.least)
      yield invalidCause(`${at}.expirationSeconds`, seconds, "may not specify a duration less than 10 minutes");
    if (seconds > tokenSeconds.most)
      yield invalidCause(`${at}.expirationSeconds`, seconds, "may not specify a duration larger than 2^32 seconds");
  }
}

function driverWarnings(spec: Fields): readonly string[] {
  if (objectsIn(spec, "tokenRequests").length === 0 || spec["serviceAccountTokenInSecrets"] !== undefined) return [];
  return [
    "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes",
  ];
}
