// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

/** The paths of the fields that hold a MicroTime, by `apiVersion kind`. */
export const microTimes: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "coordination.k8s.io/v1 Lease": [["spec","acquireTime"],["spec","renewTime"]],
  "coordination.k8s.io/v1alpha2 LeaseCandidate": [["spec","pingTime"],["spec","renewTime"]],
  "coordination.k8s.io/v1beta1 LeaseCandidate": [["spec","pingTime"],["spec","renewTime"]],
  "events.k8s.io/v1 Event": [["eventTime"],["series","lastObservedTime"]],
  "v1 Event": [["eventTime"],["series","lastObservedTime"]],
};
