// Written by @kubewright/codegen from core/v1. Do not edit.

import type {
  Applies,
  BuiltInPatch,
  Execs,
  Gets,
  Group,
  Logs,
  Namespaced,
  NamespacedObject,
  Patches,
  Resource,
  Stored,
  Subresource,
  SubresourceApplyOf,
  SubresourceCreates,
  Updates,
} from "kubewright";
import type { TokenRequest } from "kubewright/authentication/v1";
import type { Scale } from "kubewright/autoscaling/v1";
import type { Status } from "kubewright/meta/v1";
import type { Eviction } from "kubewright/policy/v1";

export interface Binding extends NamespacedObject {
  apiVersion?: "v1";
  kind?: "Binding";
}

export interface Pod extends NamespacedObject {
  apiVersion?: "v1";
  kind?: "Pod";
}

/** The client of pods within one namespace. */
export interface PodResource extends Gets<Pod, Pod>, Execs, Logs {
  readonly binding: SubresourceCreates<Binding, Status>;
  readonly eviction: SubresourceCreates<Eviction, Status>;
  readonly finalize: Updates<Pod>;
  readonly "half-way": SubresourceCreates<Pod> & Gets<Pod> & Patches<Pod, Stored<Pod>, BuiltInPatch<Pod>> & Applies<Pod, Stored<Pod>, SubresourceApplyOf<Pod>>;
  readonly scale: Subresource<Scale, BuiltInPatch<Scale>>;
  readonly status: Subresource<Pod, BuiltInPatch<Pod>>;
  readonly token: SubresourceCreates<TokenRequest>;
}

/** pods of core/v1, for `cluster.resource()`. */
export const pods: Resource<Namespaced<PodResource>> = {
  group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true,
  verbs: ["get"],
  subresources: {
    binding: { group: "", version: "v1", kind: "Binding", verbs: ["create"] },
    eviction: { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] },
    exec: { group: "", version: "v1", kind: "PodExecOptions", verbs: ["create", "get"] },
    finalize: { group: "", version: "v1", kind: "Pod", verbs: ["update"] },
    "half-way": { group: "", version: "v1", kind: "Pod", verbs: ["create", "get", "patch"] },
    log: { group: "", version: "v1", kind: "Pod", verbs: ["get"] },
    scale: { group: "autoscaling", version: "v1", kind: "Scale", verbs: ["get", "patch", "update"] },
    status: { group: "", version: "v1", kind: "Pod", verbs: ["get", "patch", "update"] },
    token: { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest", verbs: ["create"] },
    watch: { group: "", version: "v1", kind: "Pod", verbs: ["get"] },
  },
};

/** The client of core/v1. */
export interface CoreV1 {
  readonly pods: Namespaced<PodResource>;
}

/** core/v1, for `cluster.api(CoreV1)`. */
export const CoreV1: Group<CoreV1> = {
  group: "", version: "v1",
  resources: {
    pods,
  },
};
