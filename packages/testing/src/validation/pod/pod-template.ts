import type { Cause } from "../../exchange/refusal.ts";
import { type Causes, forbiddenCause } from "../causes.ts";
import { wrongLabelsIn } from "../checks.ts";
import { type Fields, objectIn, objectsIn } from "../fields.ts";
import { wrongAnnotations } from "../metadata.ts";
import { wrongOldProfiles, wrongPodAnnotations } from "./pod-annotations.ts";
import { wrongPodSpec } from "./pod-spec.ts";
import { podWarnings } from "./pod-warnings.ts";

/**
 * What is wrong with the template of pods in another kind (`template` of PodTemplate, `spec.template` of Deployment), which stands at a
 * path. Also of a changed one. k8s.io/kubernetes pkg/apis/core/validation, ValidatePodTemplateSpec.
 */
export function wrongPodTemplate(template: Fields, at: string): readonly Cause[] {
  return [...rules(template, at)];
}

function* rules(template: Fields, at: string): Causes {
  const metadata = objectIn(template, "metadata");
  const spec = objectIn(template, "spec");
  yield* wrongLabelsIn(metadata, "labels", `${at}.labels`);
  yield* wrongAnnotations(metadata, `${at}.annotations`);
  yield* wrongPodAnnotations(metadata, spec, `${at}.annotations`);
  yield* wrongPodSpec(spec, `${at}.spec`, undefined);
  yield* wrongOldProfiles(metadata, spec, `${at}.spec`);
  if (objectsIn(spec, "ephemeralContainers").length > 0)
    yield forbiddenCause(`${at}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template");
}

/** What the server warns of in a template of pods, which stands at a path. k8s.io/kubernetes pkg/api/pod/warnings.go, GetWarningsForPodTemplate. */
export function podTemplateWarnings(template: Fields, at: string): readonly string[] {
  return podWarnings(objectIn(template, "spec"), objectIn(template, "metadata"), at);
}
