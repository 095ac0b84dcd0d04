import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { structDiff } from "../../objects/struct-diff.ts";
import { structForm } from "../../objects/struct-form.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, forbiddenCause, noField } from "../../validation/causes.ts";
import { type Fields, numberIn, objectIn, objectsIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel } from "../../validation/forms.ts";
import { mirrorAnnotation } from "../../validation/pod/pod-annotations.ts";
import { podWarnings } from "../../validation/pod/pod-warnings.ts";
import { wrongNewPod, wrongPod } from "../../validation/pod/pod.ts";
import type { Strategy } from "../strategy.ts";
import { admitNewPod, admitPodChange } from "./pod-admission.ts";
import { wrongAnnotationChange, wrongPodChange } from "./pod-changes.ts";
import { dropUnsupported, prepareNewPod } from "./pod-preparation.ts";
import { prepareResize, wrongResize } from "./pod-resize.ts";
import { podStatusWarnings, wrongPodStatus } from "./pod-status-rules.ts";

// k8s.io/kubernetes pkg/registry/core/pod/strategy.go

/** Pods. */
export const pods: Strategy = {
  admitCreate: admitNewPod,
  admitUpdate: admitPodChange,
  prepareForCreate: prepareNewPod,
  prepareForUpdate: (pod) => dropUnsupported(objectIn(pod, "spec")),
  validate: (pod) => [...wrongNewPod(pod)],
  validateUpdate: (pod, old) => [...wrongPodChange(pod, old)],
  warnings: (pod) => [...hostnameWarnings(pod), ...podWarnings(objectIn(pod, "spec"), pod.metadata as Fields, "")],
  graceSeconds,
};

/** What kubelets and others report of them. */
export const podStatus: Strategy = {
  prepareForUpdate(pod, old) {
    const status = objectIn(pod, "status") as Record<string, unknown>;
    const before = objectIn(old, "status");
    if (textIn(status, "qosClass") === "") status["qosClass"] = before["qosClass"];
    pod["status"] = status;
    keepGenerations(status, before);
    // The end of a pod is not reported here.
    delete pod.metadata.deletionTimestamp;
    if (old.metadata.deletionTimestamp !== undefined) pod.metadata.deletionTimestamp = old.metadata.deletionTimestamp;
  },
  validateUpdate: (pod, old) => [...wrongPodStatus(pod, old)],
  updateWarnings: podStatusWarnings,
};

/** Containers for debugging, which are added to a pod that runs. */
export const podEphemeralContainers: Strategy = {
  prepareForUpdate(pod, old) {
    const { ephemeralContainers: _old, ...rest } = objectIn(old, "spec");
    const { ephemeralContainers: added } = objectIn(pod, "spec");
    pod["spec"] = { ...structuredClone(rest), ...(added === undefined ? {} : { ephemeralContainers: added }) };
  },
  validateUpdate: (pod, old) => [...wrongEphemeralChange(pod, old)],
};

/** What a running pod requests and may use. */
export const podResize: Strategy = {
  prepareForUpdate: prepareResize,
  validateUpdate: (pod, old) => [...wrongResize(pod, old)],
};

/** A pod that no node has yet, or that is over, goes at once. */
function graceSeconds(pod: ApiObject, asked: number | undefined): number {
  const spec = objectIn(pod, "spec");
  const { phase } = objectIn(pod, "status");
  if (textIn(spec, "nodeName") === "" || phase === "Failed" || phase === "Succeeded") return 0;
  const seconds = asked ?? numberIn(spec, "terminationGracePeriodSeconds") ?? 0;
  return seconds < 0 ? 1 : seconds;
}

function hostnameWarnings({ metadata: { name = "" } }: Draft): readonly string[] {
  const problems = wrongDnsLabel(name);
  if (problems.length === 0) return [];
  const why = "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  return [`metadata.name: ${why}: [${problems.join(" ")}]`];
}

/** What was seen of the spec once is not forgotten by a report that does not say it (preserveOldObservedGeneration). */
function keepGenerations(status: Record<string, unknown>, before: Fields): void {
  const keep = (now: Record<string, unknown>, old: Fields | undefined): void => {
    const generation = old?.["observedGeneration"];
    if (!now["observedGeneration"] && generation !== undefined) now["observedGeneration"] = generation;
  };
  keep(status, before);
  const known = [...objectsIn(before, "conditions")];
  for (const condition of objectsIn(status, "conditions") as readonly Record<string, unknown>[]) {
    const index = known.findIndex(({ type }) => type === condition["type"]);
    // Several of a type stand for those of before in their order.
    if (index >= 0) keep(condition, known.splice(index, 1)[0]);
  }
}

/** What is wrong with containers that were added (ValidatePodEphemeralContainersUpdate). */
function* wrongEphemeralChange(pod: Draft, old: ApiObject): Causes {
  if (old.metadata.annotations?.[mirrorAnnotation] !== undefined) {
    yield forbiddenCause(noField, "static pods do not support ephemeral containers");
    return;
  }
  yield* wrongPod(pod);
  yield* wrongAnnotationChange(pod, old);
  const now = new Map(objectsIn(objectIn(pod, "spec"), "ephemeralContainers").map((one) => [textIn(one, "name"), one]));
  for (const container of objectsIn(objectIn(old, "spec"), "ephemeralContainers")) {
    const name = textIn(container, "name");
    const same = now.get(name);
    const what = `existing ephemeral containers ${JSON.stringify(name)} may not be`;
    if (same === undefined) yield forbiddenCause("spec.ephemeralContainers", `${what} removed\n`);
    else if (!equalValues(container, same)) {
      const [a, b] = [structForm("EphemeralContainer", container), structForm("EphemeralContainer", same)];
      yield forbiddenCause("spec.ephemeralContainers", `${what} changed\n${structDiff(a, b)}`);
    }
  }
}
