import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { structForm } from "../../objects/struct-form.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongChange, wrongLabelSelectorIn } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel } from "../../validation/forms.ts";
import { selectorOf, templateLabels } from "../../validation/label-selector.ts";
import { nameWarnings, wrongTemplateLabels } from "../apps/pods-of.ts";
import type { Strategy } from "../strategy.ts";
import { shownFailurePolicy, shownSuccessPolicy } from "./job-policies.ts";
import { jobSpecWarnings, wrongJobSpec } from "./job-spec.ts";
import { isTrue } from "./job-status.ts";

// k8s.io/kubernetes pkg/registry/batch/job/strategy.go, pkg/apis/batch/validation/validation.go

/** Jobs. */
export const jobs: Strategy = {
  propagationWarning:
    "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning",
  prepareForCreate: selectByUid,
  validate: (draft) => [...wrongJob(draft, true)],
  validateUpdate: (draft, old) => [
    ...wrongJob(draft, hasLabels(old)),
    ...wrongSpec(objectIn(draft, "spec")),
    ...wrongSpecChange(objectIn(draft, "spec"), old),
  ],
  warnings: (draft) => [...nameWarnings(draft), ...jobSpecWarnings(objectIn(draft, "spec"), "spec")],
  updateWarnings: (draft, old) =>
    draft.metadata.generation === old.metadata.generation ? [] : jobSpecWarnings(objectIn(draft, "spec"), "spec"),
};

const uidLabel = "batch.kubernetes.io/controller-uid";
const nameLabel = "batch.kubernetes.io/job-name";
const oldUidLabel = "controller-uid";
const oldNameLabel = "job-name";

type Mutable = Record<string, unknown>;

/** Unless the selector is made by hand: pods get labels by which the Job finds its own. */
function selectByUid({ metadata: job, spec }: Draft): void {
  const { name = "", uid = "" } = job;
  const fields = spec as Mutable;
  if (fields["manualSelector"] === true) return;
  const template = (fields["template"] ??= {}) as Mutable;
  const metadata = (template["metadata"] ??= {}) as Mutable;
  const own = { [oldUidLabel]: uid, [uidLabel]: uid, [oldNameLabel]: name, [nameLabel]: name };
  const given = metadata["labels"] as Fields | undefined;
  const labels = sorted({ ...own, ...given });
  // Labels that a Job was given by default are those of its template: one map on the real server, which changes once.
  if (given !== undefined && equalValues(job.labels, given)) job.labels = labels as Record<string, string>;
  metadata["labels"] = labels;
  const selector = (fields["selector"] ??= {}) as Mutable;
  selector["matchLabels"] = sorted({ [uidLabel]: uid, ...(selector["matchLabels"] as Fields | undefined) });
}

/** As Go prints maps. */
function sorted(labels: Fields): Fields {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Jobs from before there were labels with a prefix go on without. */
function hasLabels({ spec }: ApiObject): boolean {
  const labels = templateLabels(spec as Fields);
  return Object.hasOwn(labels, uidLabel) && Object.hasOwn(labels, nameLabel);
}

function* wrongJob(draft: Draft, needsPrefixed: boolean): Causes {
  const spec = objectIn(draft, "spec");
  const { name = "" } = draft.metadata;
  yield* wrongGenerated(draft, needsPrefixed);
  yield* wrongSpec(spec);
  const completions = numberIn(spec, "completions") ?? 0;
  if (textIn(spec, "completionMode") !== "Indexed" || completions <= 0) return;
  const longest = `${name}-${completions - 1}`;
  if (wrongDnsLabel(longest).length > 0)
    yield invalidCause("metadata.name", name, `will not able to create pod with invalid DNS label: ${longest}`);
}

/** What the server made has to be as it made it. */
function* wrongGenerated({ metadata: { name = "", uid = "" }, spec }: Draft, needsPrefixed: boolean): Causes {
  const fields = spec as Fields;
  const selector = presentIn(fields, "selector");
  if (fields["manualSelector"] === true || selector === undefined) return;
  const labels = templateLabels(fields);
  const expected: [string, string][] = [
    [oldUidLabel, uid],
    [oldNameLabel, name],
  ];
  if (needsPrefixed) expected.push([uidLabel, uid], [nameLabel, name]);
  for (const [key, value] of expected) {
    const at = `spec.template.metadata.labels[${key}]`;
    if (!Object.hasOwn(labels, key)) yield requiredCause(at, `must be '${value}'`);
    else if (labels[key] !== value) yield invalidCause(at, labels, `must be '${value}'`);
  }
  if (selectorOf(selector)?.matches(Object.fromEntries(expected)) === false)
    yield invalidCause("spec.selector", selector, "`selector` not auto-generated");
}

function* wrongSpec(spec: Fields): Causes {
  yield* wrongJobSpec(spec, "spec");
  const selector = presentIn(spec, "selector");
  if (selector === undefined) yield requiredCause("spec.selector");
  else yield* wrongLabelSelectorIn(spec, "selector", "spec.selector");
  const readable = selectorOf(selector);
  if (readable !== undefined) yield* wrongTemplateLabels(spec, readable);
}

function* wrongSpecChange(spec: Fields, job: ApiObject): Causes {
  const old = objectIn(job, "spec");
  yield* wrongCompletionsChange(spec, old);
  yield* wrongChange("spec.selector", spec["selector"], old["selector"]);
  yield* wrongTemplateChange(spec, job);
  yield* wrongChange("spec.completionMode", spec["completionMode"], old["completionMode"]);
  const failurePolicies = [spec, old].map((one) => shownFailurePolicy(one["podFailurePolicy"]));
  yield* wrongChange("spec.podFailurePolicy", failurePolicies[0], failurePolicies[1]);
  yield* wrongChange("spec.backoffLimitPerIndex", spec["backoffLimitPerIndex"], old["backoffLimitPerIndex"]);
  yield* wrongChange("spec.managedBy", spec["managedBy"], old["managedBy"]);
  const successPolicies = [spec, old].map((one) => shownSuccessPolicy(one["successPolicy"]));
  yield* wrongChange("spec.successPolicy", successPolicies[0], successPolicies[1]);
}

/** Indexed Jobs grow together with their parallelism, others not at all. */
function* wrongCompletionsChange(spec: Fields, old: Fields): Causes {
  const { completions } = spec;
  if (textIn(spec, "completionMode") !== "Indexed") {
    yield* wrongChange("spec.completions", completions, old["completions"]);
  } else if (!equalValues(completions, old["completions"]) && typeof completions === "number") {
    if (completions !== spec["parallelism"])
      yield invalidCause("spec.completions", completions, "can only be modified in tandem with spec.parallelism");
  }
}

/** Where pods may go, and what they need, can be changed while there are none. */
function* wrongTemplateChange(spec: Fields, job: ApiObject): Causes {
  const status = objectIn(job, "status");
  const old = objectIn(objectIn(job, "spec"), "template");
  const template = objectIn(spec, "template");
  if (objectIn(job, "spec")["suspend"] !== true) {
    yield* wrongShownChange("spec.template", template, old, "PodTemplateSpec");
    return;
  }
  const isIdle =
    (numberIn(status, "active") ?? 0) === 0 && (textIn(status, "startTime") === "" || isTrue(status, "Suspended"));
  if (isIdle) {
    const kept = objectIn(withMutable(old, template), "spec");
    yield* wrongShownChange("spec.template.spec", objectIn(template, "spec"), kept, "PodSpec");
  } else yield* wrongShownChange("spec.template", template, old, "PodTemplateSpec");
}

/** A value that nobody may change, which is shown as the server's own struct. */
function* wrongShownChange(at: string, value: Fields, old: Fields, type: string): Causes {
  if (!equalValues(value, old)) yield invalidCause(at, structForm(type, value), "field is immutable");
}

/** An old template with what a new one may have otherwise. */
function withMutable(old: Fields, template: Fields): Fields {
  const [pod, spec] = [objectIn(template, "spec"), objectIn(old, "spec")];
  const { affinity, nodeSelector, tolerations, schedulingGates } = pod;
  const { nodeAffinity: _nodeAffinity, ...otherAffinity } = objectIn(spec, "affinity");
  const nodeAffinity = presentIn(presentIn(pod, "affinity"), "nodeAffinity");
  const allowedAffinity = { ...otherAffinity, ...(nodeAffinity === undefined ? {} : { nodeAffinity }) };
  const hasAffinity = affinity !== undefined || Object.keys(otherAffinity).length > 0;
  const made: Mutable = { ...spec };
  for (const [field, value] of Object.entries({ nodeSelector, tolerations, schedulingGates })) {
    if (value === undefined) delete made[field];
    else made[field] = value;
  }
  if (hasAffinity) made["affinity"] = allowedAffinity;
  else delete made["affinity"];
  for (const field of ["containers", "initContainers"]) {
    if (spec[field] !== undefined) made[field] = withResources(objectsIn(spec, field), objectsIn(pod, field));
  }
  return { ...old, spec: made };
}

function withResources(old: readonly Fields[], given: readonly Fields[]): readonly Fields[] {
  if (old.length !== given.length) return old;
  return old.map((one, index) => {
    const other = given[index]!;
    return one["name"] === other["name"] ? { ...one, resources: other["resources"] } : one;
  });
}
