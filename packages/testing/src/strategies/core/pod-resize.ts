import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, forbiddenCause, noField, invalidCause } from "../../validation/causes.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { mirrorAnnotation } from "../../validation/pod/pod-annotations.ts";
import { wrongPod } from "../../validation/pod/pod.ts";
import { qosClassOf } from "./pod-qos.ts";

type Spec = Record<string, unknown>;

/** Takes of a resize what it is about: what containers and the pod request and may use (dropNonResizeUpdates). */
export function prepareResize(pod: Draft, old: ApiObject): void {
  const spec = objectIn(pod, "spec");
  const before = objectIn(old, "spec");
  const lists = ["containers", "initContainers"] as const;
  // What adds or takes away containers is left as it is, for validation to refuse it.
  if (lists.some((field) => objectsIn(spec, field).length !== objectsIn(before, field).length)) return;
  const made: Spec = { ...structuredClone(before) };
  for (const field of lists)
    if (spec[field] !== undefined) made[field] = resized(objectsIn(spec, field), objectsIn(before, field));
  if (spec["resources"] === undefined) delete made["resources"];
  else made["resources"] = spec["resources"];
  pod["spec"] = made;
}

function resized(containers: readonly Fields[], before: readonly Fields[]): readonly Fields[] {
  if (containers.some((one, index) => one["name"] !== before[index]?.["name"])) return containers;
  return containers.map(({ resources, resizePolicy }, index) => {
    const { resources: _resources, resizePolicy: _policy, ...rest } = before[index]!;
    return { ...rest, resources: resources ?? {}, ...(resizePolicy === undefined ? {} : { resizePolicy }) };
  });
}

/** What is wrong with a resize (ValidatePodResize). */
export function* wrongResize(pod: Draft, old: ApiObject): Causes {
  const spec = objectIn(pod, "spec");
  const before = objectIn(old, "spec");
  if (old.metadata.annotations?.[mirrorAnnotation] !== undefined) {
    yield forbiddenCause(noField, "static pods cannot be resized");
    return;
  }
  if (objectIn(before, "os")["name"] === "windows") {
    yield forbiddenCause(noField, "windows pods cannot be resized");
    return;
  }
  const causes = [
    ...wrongPod(pod),
    ...wrongClass(spec, old),
    ...wrongPodLevel(spec, before),
    ...wrongOrder(spec, before),
  ];
  yield* causes;
  if (causes.some(({ message }) => message.endsWith("on resize"))) return;
  const parts = [...wrongParts(spec, before, "initContainers"), ...wrongParts(spec, before, "containers")];
  const others = [...otherChanges(spec, before)];
  yield* parts;
  yield* others;
}

/** A pod that runs on a node that cannot do it says so by the statuses of its containers. */
function* wrongClass(spec: Fields, old: ApiObject): Causes {
  const status = objectIn(old, "status");
  const qosClass = textIn(status, "qosClass");
  if (qosClass !== qosClassOf(spec))
    yield invalidCause("spec", qosClass, "Pod QOS Class may not change as a result of resizing");
  const running = objectsIn(status, "containerStatuses").find(
    (one) => presentIn(objectIn(one, "state"), "running") !== undefined,
  );
  if (running !== undefined && presentIn(running, "resources") === undefined)
    yield forbiddenCause("spec", "Pod running on node without support for resize");
}

function* wrongPodLevel(spec: Fields, before: Fields): Causes {
  const old = presentIn(before, "resources");
  const now = presentIn(spec, "resources");
  if (old !== undefined && now === undefined) {
    yield forbiddenCause("spec.resources", "pod-level resources cannot be removed");
    return;
  }
  if (now === undefined) return;
  for (const field of ["requests", "limits"]) {
    const why = `pod-level resource ${field} cannot be removed`;
    if (isRemoved(now, old, field)) yield forbiddenCause(`spec.resources.${field}`, why);
  }
  if (!equalValues(fixedPart(now), fixedPart(old)))
    yield forbiddenCause("spec", "only cpu and memory resources are mutable at pod-level");
}

function* wrongOrder(spec: Fields, before: Fields): Causes {
  for (const field of ["containers", "initContainers"]) {
    const now = objectsIn(spec, field);
    const old = objectsIn(before, field);
    if (now.length !== old.length) {
      yield forbiddenCause(`spec.${field}`, `${field} may not be added or removed on resize`);
      continue;
    }
    for (const [index, container] of old.entries()) {
      const why = `${field} may not be renamed or reordered on resize`;
      if (now[index]!["name"] !== container["name"]) yield forbiddenCause(`spec.${field}[${index}].name`, why);
    }
  }
}

function* wrongParts(spec: Fields, before: Fields, list: string): Causes {
  const now = objectsIn(spec, list);
  for (const [index, container] of objectsIn(before, list).entries()) {
    for (const field of ["requests", "limits"]) {
      if (!isRemoved(objectIn(now[index], "resources"), objectIn(container, "resources"), field)) continue;
      yield forbiddenCause(`spec.${list}[${index}].resources.${field}`, `resource ${field} cannot be removed`);
    }
  }
}

function isRemoved(now: Fields, old: Fields | undefined, field: string): boolean {
  return Object.keys(objectIn(old, field)).some((name) => objectIn(now, field)[name] === undefined);
}

function* otherChanges(spec: Fields, before: Fields): Causes {
  for (const [index, container] of objectsIn(spec, "containers").entries()) {
    if (isResizeOnly(container, objectsIn(before, "containers")[index]!)) continue;
    yield forbiddenCause("spec", "only cpu and memory resources are mutable");
  }
  for (const [index, container] of objectsIn(spec, "initContainers").entries()) {
    const old = objectsIn(before, "initContainers")[index]!;
    const at = `spec.initContainers[${index}]`;
    if (!isResizeOnly(container, old))
      yield forbiddenCause(at, "only cpu and memory resources for init or sidecar containers are mutable");
  }
}

function isResizeOnly(container: Fields, old: Fields): boolean {
  const rest = ({ resources, ...others }: Fields): Fields => ({ ...others, resources: fixedPart(resources as Fields) });
  return equalValues(rest(container), rest(old));
}

/** What of resources cannot be changed. */
function fixedPart(resources: Fields | undefined): Fields {
  const others = (field: string): Fields => {
    const { cpu: _cpu, memory: _memory, ...rest } = objectIn(resources, field);
    return rest;
  };
  return { requests: others("requests"), limits: others("limits"), claims: resources?.["claims"] };
}
