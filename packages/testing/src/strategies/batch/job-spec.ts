import { type Causes, invalidCause, notSupportedCause, requiredCause, tooLongCause } from "../../validation/causes.ts";
import { wrongForm, wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain } from "../../validation/forms.ts";
import { podTemplateWarnings, wrongPodTemplate } from "../../validation/pod/pod-template.ts";
import { shownSuccessPolicy, wrongFailurePolicy, wrongSuccessPolicy } from "./job-policies.ts";

// What Jobs and the templates of CronJobs have in common: k8s.io/kubernetes pkg/apis/batch/validation/validation.go, validateJobSpec.

const mostIndexed = 100_000;
const manyCompletions = 100_000;
const mostWithManyCompletions = 10_000;
const longestManager = 63;

/** What is wrong with a Job's spec, which stands at a path. */
export function* wrongJobSpec(spec: Fields, at: string): Causes {
  for (const field of [
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes",
  ])
    yield* wrongSign(`${at}.${field}`, numberIn(spec, field));
  const hasLimit = numberIn(spec, "backoffLimitPerIndex") !== undefined;
  if (numberIn(spec, "maxFailedIndexes") !== undefined && !hasLimit)
    yield requiredCause(`${at}.backoffLimitPerIndex`, "when maxFailedIndexes is specified");
  yield* wrongManager(spec["managedBy"], `${at}.managedBy`);
  const mode = textIn(spec, "completionMode");
  if (mode !== "" && mode !== "NonIndexed" && mode !== "Indexed")
    yield notSupportedCause(`${at}.completionMode`, mode, ["NonIndexed", "Indexed"]);
  if (mode === "Indexed") yield* wrongIndexed(spec, at);
  if (mode === "NonIndexed" || mode === "") yield* wrongNonIndexed(spec, at);
  yield* wrongPolicies(spec, at);
  yield* wrongPodTemplate(objectIn(spec, "template"), `${at}.template`);
  yield* wrongRestartPolicy(spec, `${at}.template.spec.restartPolicy`);
}

/** A path such as `example.com/controller`. */
function* wrongManager(name: unknown, at: string): Causes {
  if (typeof name !== "string") return;
  const [host = "", ...rest] = name.split("/");
  const path = rest.join("/");
  if (name === "") yield requiredCause(at);
  else if (host === "" || path === "")
    yield invalidCause(at, name, 'must be a domain-prefixed path (such as "acme.io/foo")');
  else {
    yield* wrongForm(at, host, wrongDnsSubdomain);
    if (!/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path))
      yield invalidCause(at, path, "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')");
  }
  if (new TextEncoder().encode(name).length > longestManager) yield tooLongCause(at, longestManager);
}

function* wrongIndexed(spec: Fields, at: string): Causes {
  const completions = numberIn(spec, "completions");
  const parallelism = numberIn(spec, "parallelism") ?? 0;
  const failed = numberIn(spec, "maxFailedIndexes");
  if (completions === undefined) yield requiredCause(`${at}.completions`, "when completion mode is Indexed");
  if (parallelism > mostIndexed) {
    const why = `must be less than or equal to ${mostIndexed} when completion mode is Indexed`;
    yield invalidCause(`${at}.parallelism`, parallelism, why);
  }
  if (completions !== undefined && failed !== undefined && failed > completions)
    yield invalidCause(`${at}.maxFailedIndexes`, failed, "must be less than or equal to completions");
  if (failed !== undefined && failed > mostIndexed)
    yield invalidCause(`${at}.maxFailedIndexes`, failed, `must be less than or equal to ${mostIndexed}`);
  const hasLimit = numberIn(spec, "backoffLimitPerIndex") !== undefined;
  if (completions === undefined || completions <= manyCompletions || !hasLimit) return;
  const why = `must be less than or equal to ${mostWithManyCompletions} when completions are above ${manyCompletions} and used with backoff limit per index`;
  if (failed === undefined)
    yield requiredCause(`${at}.maxFailedIndexes`, `must be specified when completions is above ${manyCompletions}`);
  if (parallelism > mostWithManyCompletions) yield invalidCause(`${at}.parallelism`, parallelism, why);
  if (failed !== undefined && failed > mostWithManyCompletions)
    yield invalidCause(`${at}.maxFailedIndexes`, failed, why);
}

function* wrongNonIndexed(spec: Fields, at: string): Causes {
  for (const field of ["backoffLimitPerIndex", "maxFailedIndexes"]) {
    const value = numberIn(spec, field);
    if (value !== undefined) yield invalidCause(`${at}.${field}`, value, "requires indexed completion mode");
  }
}

function* wrongPolicies(spec: Fields, at: string): Causes {
  const failurePolicy = presentIn(spec, "podFailurePolicy");
  const successPolicy = presentIn(spec, "successPolicy");
  const replacement = textIn(spec, "podReplacementPolicy");
  if (failurePolicy !== undefined) yield* wrongFailurePolicy(spec, `${at}.podFailurePolicy`);
  if (successPolicy !== undefined && textIn(spec, "completionMode") !== "Indexed") {
    const shown = shownSuccessPolicy(successPolicy);
    yield invalidCause(`${at}.successPolicy`, shown, "requires indexed completion mode");
  } else if (successPolicy !== undefined) yield* wrongSuccessPolicy(spec, `${at}.successPolicy`);
  const supported = failurePolicy === undefined ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
  if (replacement !== "" && !supported.includes(replacement))
    yield notSupportedCause(`${at}.podReplacementPolicy`, replacement, supported);
}

function* wrongRestartPolicy(spec: Fields, at: string): Causes {
  const policy = textIn(objectIn(objectIn(spec, "template"), "spec"), "restartPolicy");
  if (policy === "Always" || policy === "") yield requiredCause(at, 'valid values: "OnFailure", "Never"');
  else if (policy !== "OnFailure" && policy !== "Never") yield notSupportedCause(at, policy, ["OnFailure", "Never"]);
  else if (presentIn(spec, "podFailurePolicy") !== undefined && policy !== "Never")
    yield invalidCause(at, policy, 'only "Never" is supported when podFailurePolicy is specified');
}

/** What the server warns of. k8s.io/kubernetes pkg/api/job/warnings.go */
export function jobSpecWarnings(spec: Fields, at: string): readonly string[] {
  const count = (field: string): number => numberIn(spec, field) ?? 0;
  const isLarge =
    textIn(spec, "completionMode") === "Indexed" &&
    count("completions") > manyCompletions &&
    count("parallelism") > mostWithManyCompletions;
  const large = `${at}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`;
  return [...(isLarge ? [large] : []), ...podTemplateWarnings(objectIn(spec, "template"), `${at}.template`)];
}
