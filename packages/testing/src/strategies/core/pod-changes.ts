import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { structDiff } from "../../objects/struct-diff.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, forbiddenCause, invalidCause, requiredCause } from "../../validation/causes.ts";
import { entriesIn, type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { appArmorPrefix, mirrorAnnotation, wrongPodAnnotations } from "../../validation/pod/pod-annotations.ts";
import { wrongPod } from "../../validation/pod/pod.ts";
import { wrongTolerations } from "../../validation/pod/tolerations.ts";
import { structForm } from "../../objects/struct-form.ts";

/** What is wrong with a changed pod: of its spec only little may change (ValidatePodUpdate). */
export function* wrongPodChange(pod: Draft, old: ApiObject): Causes {
  yield* wrongPod(pod);
  yield* wrongAnnotationChange(pod, old);
  const spec = objectIn(pod, "spec");
  const before = objectIn(old, "spec");
  for (const field of ["containers", "initContainers"]) {
    const causes = [...wrongImages(objectsIn(spec, field), objectsIn(before, field), `spec.${field}`)];
    yield* causes;
    if (objectsIn(spec, field).length !== objectsIn(before, field).length) return;
  }
  const deadline = [
    ...wrongDeadline(numberIn(spec, "activeDeadlineSeconds"), numberIn(before, "activeDeadlineSeconds")),
  ];
  yield* deadline;
  if (deadline.length > 0 && spec["activeDeadlineSeconds"] !== undefined) return;
  yield* wrongAddedTolerations(objectsIn(spec, "tolerations"), objectsIn(before, "tolerations"));
  yield* wrongGateChange(objectsIn(spec, "schedulingGates"), objectsIn(before, "schedulingGates"));
  if (!equalValues(spec, before)) yield* wrongRest(spec, before);
}

/** What changes of annotations are refused (ValidatePodSpecificAnnotationUpdates). */
export function* wrongAnnotationChange(pod: Draft, old: ApiObject): Causes {
  const at = "metadata.annotations";
  const now = pod.metadata.annotations ?? {};
  const before = old.metadata.annotations ?? {};
  for (const [key, value] of Object.entries(before)) {
    if (now[key] === value) continue;
    if (key.startsWith(appArmorPrefix))
      yield forbiddenCause(`${at}[${key}]`, "may not remove or update AppArmor annotations");
    if (key === mirrorAnnotation)
      yield forbiddenCause(`${at}[${key}]`, "may not remove or update mirror pod annotation");
  }
  for (const key of Object.keys(now)) {
    if (before[key] !== undefined) continue;
    if (key.startsWith(appArmorPrefix)) yield forbiddenCause(`${at}[${key}]`, "may not add AppArmor annotations");
    if (key === mirrorAnnotation) yield forbiddenCause(`${at}[${key}]`, "may not add mirror pod annotation");
  }
  yield* wrongPodAnnotations(pod.metadata, objectIn(pod, "spec"), at);
}

function* wrongImages(containers: readonly Fields[], before: readonly Fields[], at: string): Causes {
  if (containers.length !== before.length) {
    yield forbiddenCause(at, "pod updates may not add or remove containers");
    return;
  }
  for (const [index, container] of containers.entries()) {
    const image = textIn(container, "image");
    if (image === "") yield requiredCause(`${at}[${index}].image`);
    if (image.trim() !== image)
      yield invalidCause(`${at}[${index}].image`, image, "must not have leading or trailing whitespace");
  }
}

function* wrongDeadline(deadline: number | undefined, before: number | undefined): Causes {
  const at = "spec.activeDeadlineSeconds";
  if (deadline === undefined) {
    if (before !== undefined) yield invalidCause(at, null, "must not update from a positive integer to nil value");
  } else if (deadline < 0 || deadline > 2_147_483_647)
    yield invalidCause(at, deadline, "must be between 0 and 2147483647, inclusive");
  else if (before !== undefined && before < deadline)
    yield invalidCause(at, deadline, "must be less than or equal to previous value");
}

function* wrongAddedTolerations(tolerations: readonly Fields[], before: readonly Fields[]): Causes {
  const withoutSeconds = ({ tolerationSeconds: _seconds, ...rest }: Fields): Fields => rest;
  const present = tolerations.map(withoutSeconds);
  const isKept = (one: Fields): boolean => present.some((other) => equalValues(other, withoutSeconds(one)));
  if (before.every(isKept)) yield* wrongTolerations(tolerations, "spec.tolerations");
  else yield forbiddenCause("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
}

function* wrongGateChange(gates: readonly Fields[], before: readonly Fields[]): Causes {
  const known = new Set(before.map((gate) => textIn(gate, "name")));
  const added = new Map(gates.map((gate, index) => [textIn(gate, "name"), index]));
  for (const [name, index] of added) {
    if (known.has(name)) continue;
    const why = `only deletion is allowed, but found new scheduling gate '${name}'`;
    yield forbiddenCause(`spec.schedulingGates[${index}].name`, why);
  }
}

const changeable = [
  "`spec.containers[*].image`",
  "`spec.initContainers[*].image`",
  "`spec.activeDeadlineSeconds`",
  "`spec.tolerations` (only additions to existing tolerations)",
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
].join(",");

/** Whatever else there is has to be as it was; while a pod is gated, where it may run can become narrower. */
function* wrongRest(spec: Fields, before: Fields): Causes {
  const rest: Record<string, unknown> = { ...spec };
  for (const field of ["containers", "initContainers"]) {
    const old = objectsIn(before, field);
    if (spec[field] !== undefined)
      rest[field] = objectsIn(spec, field).map((container, index) => ({ ...container, image: old[index]?.["image"] }));
  }
  for (const field of ["activeDeadlineSeconds", "schedulingGates", "tolerations"]) copy(before, field, rest);
  if ((numberIn(before, "terminationGracePeriodSeconds") ?? 0) < 0 && rest["terminationGracePeriodSeconds"] === 1)
    copy(before, "terminationGracePeriodSeconds", rest);
  if (objectsIn(before, "schedulingGates").length > 0) yield* wrongNarrowing(rest, before);
  if (equalValues(rest, before)) return;
  const difference = structDiff(structForm("PodSpec", before), structForm("PodSpec", rest));
  yield forbiddenCause("spec", `pod updates may not change fields other than ${changeable}\n${difference}`);
}

function copy(from: Fields, field: string, to: Record<string, unknown>): void {
  if (from[field] === undefined) delete to[field];
  else to[field] = from[field];
}

/** Takes what may change out of what has to be equal. */
function* wrongNarrowing(rest: Record<string, unknown>, before: Fields): Causes {
  const selector = objectIn(rest, "nodeSelector");
  if (!equalValues(selector, objectIn(before, "nodeSelector"))) {
    if (entriesIn(before, "nodeSelector").some(([key, value]) => selector[key] !== value)) {
      const why = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
      yield invalidCause("spec.nodeSelector", rest["nodeSelector"], why);
    }
    copy(before, "nodeSelector", rest);
  }
  const now = presentIn(objectIn(rest, "affinity"), "nodeAffinity");
  const was = presentIn(objectIn(before, "affinity"), "nodeAffinity");
  if (equalValues(now, was)) return;
  yield* wrongNodeAffinityChange(now, was);
  const affinity: Record<string, unknown> = { ...objectIn(rest, "affinity") };
  copy(objectIn(before, "affinity"), "nodeAffinity", affinity);
  if (Object.keys(affinity).length > 0) rest["affinity"] = affinity;
  else copy(before, "affinity", rest);
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";

function* wrongNodeAffinityChange(now: Fields | undefined, was: Fields | undefined): Causes {
  const at = `spec.affinity.nodeAffinity.${required}.nodeSelectorTerms`;
  const before = objectsIn(presentIn(was, required), "nodeSelectorTerms");
  const terms = objectsIn(presentIn(now, required), "nodeSelectorTerms");
  if (before.length === 0) return;
  if (before.length !== terms.length) {
    const isGone = presentIn(now, required) === undefined;
    const shown = isGone ? null : terms.map((term) => structForm("NodeSelectorTerm", term));
    yield invalidCause(at, shown, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
    return;
  }
  for (const [index, term] of terms.entries()) {
    if (hasOnlyMore(term, before[index]!)) continue;
    const why = "only additions are allowed (no mutations or deletions)";
    yield invalidCause(`${at}[${index}]`, structForm("NodeSelectorTerm", term), why);
  }
}

function hasOnlyMore(term: Fields, before: Fields): boolean {
  const fields = ["matchExpressions", "matchFields"];
  if (fields.every((field) => objectsIn(before, field).length === 0))
    return fields.every((field) => objectsIn(term, field).length === 0);
  return fields.every((field) => {
    const old = objectsIn(before, field);
    return equalValues(objectsIn(term, field).slice(0, old.length), old);
  });
}
