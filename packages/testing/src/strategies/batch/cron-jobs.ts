import { equalValues } from "../../objects/equal-values.ts";
import type { Draft } from "../../objects/draft.ts";
import { type Causes, invalidCause, notSupportedCause, requiredCause } from "../../validation/causes.ts";
import { wrongChoice, wrongForm, wrongSign } from "../../validation/checks.ts";
import { wrongSchedule, wrongTimeZone } from "../../validation/cron-schedule.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { nameWarnings } from "../apps/pods-of.ts";
import type { Strategy } from "../strategy.ts";
import { jobSpecWarnings, wrongJobSpec } from "./job-spec.ts";

// k8s.io/kubernetes pkg/registry/batch/cronjob/strategy.go, pkg/apis/batch/validation/validation.go

/** A Job's name is longer by this, and has at most 63 characters. */
const suffixLength = 11;

/** CronJobs. */
export const cronJobs: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"), undefined), ...wrongLength(draft)],
  validateUpdate: (draft, old) => [...wrongSpec(objectIn(draft, "spec"), objectIn(old, "spec"))],
  warnings: (draft) => [...nameWarnings(draft), ...templateWarnings(draft)],
  updateWarnings: (draft, old) => [
    ...(draft.metadata.generation === old.metadata.generation ? [] : templateWarnings(draft)),
    ...(scheduleOf(draft).includes("TZ")
      ? [
          "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details",
        ]
      : []),
  ],
};

function scheduleOf({ spec }: Draft): string {
  return textIn(spec as Fields, "schedule");
}

function templateWarnings({ spec }: Draft): readonly string[] {
  return jobSpecWarnings(objectIn(objectIn(spec as Fields, "jobTemplate"), "spec"), "spec.jobTemplate.spec");
}

function* wrongLength({ metadata: { name = "" } }: Draft): Causes {
  const longest = 63 - suffixLength;
  if (name.length > longest) yield invalidCause("metadata.name", name, `must be no more than ${longest} characters`);
}

function* wrongSpec(spec: Fields, old: Fields | undefined): Causes {
  const schedule = textIn(spec, "schedule");
  if (schedule === "") yield requiredCause("spec.schedule");
  else yield* wrongFormat(spec, textIn(old, "schedule").includes("TZ"));
  yield* wrongSign("spec.startingDeadlineSeconds", numberIn(spec, "startingDeadlineSeconds"));
  const { timeZone } = spec;
  if (typeof timeZone === "string" && !equalValues(timeZone, old?.["timeZone"]))
    yield* wrongForm("spec.timeZone", timeZone, wrongTimeZone);
  const policies = ["Allow", "Forbid", "Replace"];
  yield* wrongChoice("spec.concurrencyPolicy", textIn(spec, "concurrencyPolicy"), policies);
  yield* wrongJobTemplate(objectIn(objectIn(spec, "jobTemplate"), "spec"));
  yield* wrongSign("spec.successfulJobsHistoryLimit", numberIn(spec, "successfulJobsHistoryLimit"));
  yield* wrongSign("spec.failedJobsHistoryLimit", numberIn(spec, "failedJobsHistoryLimit"));
}

/** A time zone may stand in the schedule only where one stood before. */
function* wrongFormat(spec: Fields, hadZone: boolean): Causes {
  const at = "spec.schedule";
  const schedule = textIn(spec, "schedule");
  yield* wrongForm(at, schedule, wrongSchedule);
  if (!schedule.includes("TZ")) return;
  if (!hadZone) yield invalidCause(at, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
  else if (typeof spec["timeZone"] === "string")
    yield invalidCause(at, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
}

function* wrongJobTemplate(spec: Fields): Causes {
  yield* wrongJobSpec(spec, "spec.jobTemplate.spec");
  const selector = presentIn(spec, "selector");
  if (selector !== undefined)
    yield invalidCause("spec.jobTemplate.spec.selector", selector, "`selector` will be auto-generated");
  if (spec["manualSelector"] === true)
    yield notSupportedCause("spec.jobTemplate.spec.manualSelector", true, ["nil", "false"]);
}
