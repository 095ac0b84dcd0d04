import { type Causes, requiredCause } from "../causes.ts";
import { type Fields, objectsIn } from "../fields.ts";

/** Where a pod's spec stands. */
export interface PodSpecPlace {
  /** Its path. */
  readonly at: string;
  /** Of a pod; undefined in a template. */
  readonly podName: string | undefined;
}

/** What is wrong with the spec of a pod or of a template. k8s.io/kubernetes pkg/apis/core/validation, ValidatePodSpec. */
export function* wrongPodSpec(spec: Fields, { at }: PodSpecPlace): Causes {
  if (objectsIn(spec, "containers").length === 0) yield requiredCause(`${at}.containers`);
}
