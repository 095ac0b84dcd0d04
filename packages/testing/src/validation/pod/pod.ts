import type { Draft } from "../../objects/draft.ts";
import { type Causes, forbiddenCause } from "../causes.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { wrongImage } from "./container.ts";
import { mirrorAnnotation, wrongOldProfiles, wrongPodAnnotations } from "./pod-annotations.ts";
import { wrongPodSpec } from "./pod-spec.ts";

/** What is wrong with a new pod, beside its metadata (ValidatePodCreate). */
export function* wrongNewPod(pod: Draft): Causes {
  yield* wrongPod(pod);
  const spec = objectIn(pod, "spec");
  if (objectsIn(spec, "ephemeralContainers").length > 0)
    yield forbiddenCause("spec.ephemeralContainers", "cannot be set on create");
  if (textIn(spec, "nodeName") !== "" && objectsIn(spec, "schedulingGates").length > 0)
    yield forbiddenCause("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
  yield* wrongOldProfiles(pod.metadata, spec, "spec");
}

/** What is wrong with any pod, new or changed (validatePodMetadataAndSpec). */
export function* wrongPod(pod: Draft): Causes {
  const spec = objectIn(pod, "spec");
  const isMirror = pod.metadata.annotations?.[mirrorAnnotation] !== undefined;
  yield* wrongPodAnnotations(pod.metadata, spec, "metadata.annotations");
  yield* wrongPodSpec(spec, "spec", { name: pod.metadata.name ?? "", isMirror });
  if (textIn(spec, "serviceAccountName") === "") yield* wrongTokens(spec);
  for (const field of ["containers", "initContainers"])
    for (const [index, container] of objectsIn(spec, field).entries())
      yield* wrongImage(container, `spec.${field}[${index}]`);
}

function* wrongTokens(spec: Fields): Causes {
  for (const [index, volume] of objectsIn(spec, "volumes").entries()) {
    for (const [place, source] of objectsIn(objectIn(volume, "projected"), "sources").entries()) {
      if (presentIn(source, "serviceAccountToken") === undefined) continue;
      const at = `spec.volumes[${index}].projected.sources[${place}].serviceAccountToken`;
      yield forbiddenCause(at, "must not be specified when serviceAccountName is not set");
    }
  }
}
