import { equalValues } from "../../objects/equal-values.ts";
import type { Cause } from "../../exchange/refusal.ts";
import { type Causes, duplicateCause, invalidCause, requiredCause, unshownCause } from "../../validation/causes.ts";
import { wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { readIndexes, sharedIndex } from "../../validation/indexes.ts";
import { internalForm } from "../../validation/internal-form.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/batch/job/strategy.go (getStatusValidationOptions), pkg/apis/batch/validation/validation.go

/** The status of Jobs: most rules are about what changes alone. */
export const jobStatus: Strategy = {
  validateUpdate: (draft, old) => [
    ...wrongStatus(objectIn(draft, "spec"), objectIn(draft, "status"), objectIn(old, "status")),
  ],
};

/** Whether a condition of a status is true. */
export function isTrue(status: Fields, type: string): boolean {
  return hasCondition(status, type, "True");
}

function hasCondition(status: Fields, type: string, value: string): boolean {
  return objectsIn(status, "conditions").some((one) => one["type"] === type && one["status"] === value);
}

function isFinished(status: Fields): boolean {
  return isTrue(status, "Complete") || isTrue(status, "Failed");
}

/** A rule about the new status, and whether it is about what a change changed. */
interface Rule {
  readonly about: (changed: Changed) => boolean;
  readonly wrong: (facts: Facts) => Cause | undefined;
}

/** What a rule may look at. */
interface Facts {
  readonly spec: Fields;
  readonly status: Fields;
  readonly finished: boolean;
  readonly indexed: boolean;
}

/** What a change changed. */
interface Changed {
  /** Any of these fields. */
  field(...names: readonly string[]): boolean;
  /** Whether any of these conditions is true. */
  condition(...types: readonly string[]): boolean;
  finished(): boolean;
  readonly resuming: boolean;
  readonly suspendedForNothing: boolean;
}

const conditions = "status.conditions";

const rules: readonly Rule[] = [
  {
    about: (changed) => changed.condition("Complete", "Failed"),
    wrong: ({ status }) =>
      isTrue(status, "Complete") && isTrue(status, "Failed")
        ? unshownCause(conditions, "cannot set Complete=True and Failed=true conditions")
        : undefined,
  },
  {
    about: (changed) => changed.condition("Complete", "FailureTarget"),
    wrong: ({ status }) =>
      isTrue(status, "Complete") && isTrue(status, "FailureTarget")
        ? unshownCause(conditions, "cannot set Complete=True and FailureTarget=true conditions")
        : undefined,
  },
  {
    about: (changed) => changed.condition("Complete") || changed.field("completionTime"),
    wrong: ({ status: { completionTime, ...status } }) =>
      completionTime !== undefined && !isTrue(status, "Complete")
        ? invalidCause(
            "status.completionTime",
            completionTime,
            "cannot set completionTime when there is no Complete=True condition",
          )
        : undefined,
  },
  {
    about: (changed) => changed.condition("Complete") || changed.field("completionTime"),
    wrong: ({ status }) =>
      status["completionTime"] === undefined && isTrue(status, "Complete")
        ? requiredCause("status.completionTime", "completionTime is required for Complete jobs")
        : undefined,
  },
  {
    about: (changed) => changed.field("startTime", "completionTime"),
    wrong: ({ status }) => {
      const [start, end] = [textIn(status, "startTime"), textIn(status, "completionTime")];
      if (start === "" || end === "" || Date.parse(end) >= Date.parse(start)) return undefined;
      return invalidCause("status.completionTime", end, "must be equal to or after `startTime`");
    },
  },
  {
    about: (changed) => changed.condition("Failed") || changed.field("failedIndexes"),
    wrong: ({ status }) =>
      isTrue(status, "Failed") && !isTrue(status, "FailureTarget")
        ? unshownCause(conditions, "cannot set Failed=True condition without the FailureTarget=true condition")
        : undefined,
  },
  {
    about: (changed) => changed.condition("Complete", "SuccessCriteriaMet"),
    wrong: ({ status }) =>
      isTrue(status, "Complete") && !isTrue(status, "SuccessCriteriaMet")
        ? unshownCause(conditions, "cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
        : undefined,
  },
  {
    about: (changed) => changed.finished() || changed.field("active"),
    wrong: ({ status, finished }) => {
      const active = numberIn(status, "active") ?? 0;
      return active > 0 && finished
        ? invalidCause("status.active", active, "active>0 is invalid for finished job")
        : undefined;
    },
  },
  {
    about: (changed) => (changed.finished() || changed.field("startTime")) && !changed.suspendedForNothing,
    wrong: ({ status, finished }) =>
      finished && status["startTime"] === undefined
        ? requiredCause("status.startTime", "startTime is required for finished job")
        : undefined,
  },
  {
    about: (changed) => changed.finished() || changed.field("uncountedTerminatedPods"),
    wrong: ({ status, finished }) => {
      const pods = presentIn(status, "uncountedTerminatedPods");
      const count = textsIn(pods, "succeeded").length + textsIn(pods, "failed").length;
      const shown = internalForm(pods, [{ name: "Succeeded" }, { name: "Failed" }]);
      return finished && count > 0
        ? invalidCause("status.uncountedTerminatedPods", shown, "must be empty for finished job")
        : undefined;
    },
  },
  {
    about: (changed) => changed.field("completedIndexes"),
    wrong: ({ spec, status }) => wrongIndexes("completedIndexes", spec, status),
  },
  {
    about: (changed) => changed.field("failedIndexes"),
    wrong: ({ spec, status }) =>
      numberIn(spec, "backoffLimitPerIndex") === undefined ? undefined : wrongIndexes("failedIndexes", spec, status),
  },
  {
    about: (changed) => changed.field("completedIndexes"),
    wrong: ({ status, indexed }) => {
      const text = textIn(status, "completedIndexes");
      const why = "cannot set non-empty completedIndexes when non-indexed completion mode";
      return text !== "" && !indexed ? invalidCause("status.completedIndexes", text, why) : undefined;
    },
  },
  {
    about: (changed) => changed.field("failedIndexes"),
    wrong: ({ spec, status: { failedIndexes } }) => {
      const why = "cannot set non-null failedIndexes when backoffLimitPerIndex is null";
      const isWrong = failedIndexes !== undefined && numberIn(spec, "backoffLimitPerIndex") === undefined;
      return isWrong ? invalidCause("status.failedIndexes", failedIndexes, why) : undefined;
    },
  },
  {
    about: (changed) => changed.field("failedIndexes", "completedIndexes"),
    wrong: ({ spec, status }) => {
      const completions = numberIn(spec, "completions");
      const [completed, failed] = [textIn(status, "completedIndexes"), textIn(status, "failedIndexes")];
      if (completions === undefined || completed === "" || failed === "") return undefined;
      const shared = sharedIndex(completed, failed, completions);
      if (shared === undefined) return undefined;
      const why = `failedIndexes and completedIndexes overlap at index: ${shared}`;
      return invalidCause("status.failedIndexes", failed, why);
    },
  },
  {
    about: (changed) => changed.finished() || changed.field("terminating"),
    wrong: ({ status, finished }) => {
      const terminating = numberIn(status, "terminating") ?? 0;
      return terminating > 0 && finished
        ? invalidCause("status.terminating", terminating, "terminating>0 is invalid for finished job")
        : undefined;
    },
  },
  {
    about: (changed) => changed.field("ready", "active"),
    wrong: ({ status }) => {
      const ready = numberIn(status, "ready");
      return ready !== undefined && ready > (numberIn(status, "active") ?? 0)
        ? invalidCause("status.ready", ready, "cannot set more ready pods than active")
        : undefined;
    },
  },
];

function wrongIndexes(field: string, spec: Fields, status: Fields): Cause | undefined {
  const completions = numberIn(spec, "completions");
  const text = textIn(status, field);
  const read = completions === undefined ? 0 : readIndexes(text, completions);
  return typeof read === "string"
    ? invalidCause(`status.${field}`, text, `error parsing ${field}: ${read}`)
    : undefined;
}

function* wrongStatus(spec: Fields, status: Fields, old: Fields): Causes {
  for (const field of ["active", "succeeded", "failed", "ready", "terminating"])
    yield* wrongSign(`status.${field}`, numberIn(status, field));
  yield* wrongPods(presentIn(status, "uncountedTerminatedPods"));
  const indexed = textIn(spec, "completionMode") === "Indexed";
  const facts: Facts = { spec, status, finished: isFinished(status), indexed };
  const changed: Changed = {
    field: (...names) => names.some((name) => !equalValues(status[name], old[name])),
    condition: (...types) => types.some((type) => isTrue(status, type) !== isTrue(old, type)),
    finished: () => isFinished(status) !== isFinished(old),
    resuming: isTrue(old, "Suspended") && hasCondition(status, "Suspended", "False"),
    suspendedForNothing: spec["suspend"] === true && spec["completions"] === 0,
  };
  for (const { about, wrong } of rules) {
    const cause = about(changed) ? wrong(facts) : undefined;
    if (cause !== undefined) yield cause;
  }
  yield* wrongCriteria(spec, status);
  yield* wrongTransition(facts, old, changed);
}

function* wrongPods(pods: Fields | undefined): Causes {
  const seen = new Set<string>();
  for (const list of ["succeeded", "failed"]) {
    for (const [index, uid] of textsIn(pods, list).entries()) {
      const at = `status.uncountedTerminatedPods.${list}[${index}]`;
      if (uid === "") yield invalidCause(at, uid, "must not be empty");
      else if (seen.has(uid)) yield duplicateCause(at, uid);
      seen.add(uid);
    }
  }
}

function* wrongCriteria(spec: Fields, status: Fields): Causes {
  const isMet = isTrue(status, "SuccessCriteriaMet");
  if (isMet && isTrue(status, "Failed"))
    yield unshownCause(conditions, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
  if (isMet && isTrue(status, "FailureTarget"))
    yield unshownCause(conditions, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
  if (presentIn(spec, "successPolicy") !== undefined && !isMet && isTrue(status, "Complete")) {
    const why = "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True";
    yield unshownCause(conditions, why);
  }
}

function* wrongTransition({ spec, status, indexed }: Facts, old: Fields, changed: Changed): Causes {
  for (const type of ["Failed", "Complete", "FailureTarget"]) {
    if (isTrue(old, type) && !isTrue(status, type))
      yield unshownCause(conditions, `cannot disable the terminal ${type}=True condition`);
  }
  const shrinks = (field: string): boolean => (numberIn(status, field) ?? 0) < (numberIn(old, field) ?? 0);
  if (shrinks("failed"))
    yield invalidCause("status.failed", numberIn(status, "failed") ?? 0, "cannot decrease the failed counter");
  const mayShrink = indexed && equalValues(spec["completions"], spec["parallelism"]);
  if (!mayShrink && shrinks("succeeded"))
    yield invalidCause("status.succeeded", numberIn(status, "succeeded") ?? 0, "cannot decrease the succeeded counter");
  const { completionTime, startTime } = status;
  if (completionTime !== undefined && old["completionTime"] !== undefined && changed.field("completionTime"))
    yield invalidCause("status.completionTime", completionTime, "field is immutable");
  if (old["startTime"] !== undefined && changed.field("startTime") && !changed.resuming && spec["suspend"] !== true)
    yield invalidCause("status.startTime", startTime, "field is immutable for unsuspended job once set");
  if (isTrue(old, "SuccessCriteriaMet") && !isTrue(status, "SuccessCriteriaMet"))
    yield unshownCause(conditions, "cannot disable the SuccessCriteriaMet=True condition");
  if (isTrue(old, "Complete") && !isTrue(old, "SuccessCriteriaMet") && isTrue(status, "SuccessCriteriaMet")) {
    const why = "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions";
    yield unshownCause(conditions, why);
  }
}
