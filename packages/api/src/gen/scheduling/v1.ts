// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

import type {
  Applies,
  BuiltInPatch,
  ClusterObject,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Group,
  Lists,
  MetadataClient,
  Modifies,
  Patches,
  Resource,
  Stored,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { ListMeta, ObjectMeta } from "../meta/v1.ts";

/**
 * PriorityClass defines mapping from a priority class name to the priority integer value. The value can be any valid
 * integer.
 */
export interface PriorityClass extends ClusterObject {
  apiVersion?: "scheduling.k8s.io/v1";
  kind?: "PriorityClass";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /** description is an arbitrary string that usually provides guidelines on when this priority class should be used. */
  description?: string;
  /**
   * globalDefault specifies whether this PriorityClass should be considered as the default priority for pods that do
   * not have any priority class. Only one PriorityClass can be marked as `globalDefault`. However, if more than one
   * PriorityClasses exists with their `globalDefault` field set to true, the smallest value of such global default
   * PriorityClasses will be used as the default priority.
   */
  globalDefault?: boolean;
  /**
   * preemptionPolicy is the Policy for preempting pods with lower priority. One of Never, PreemptLowerPriority.
   * Defaults to PreemptLowerPriority if unset.
   *
   * Possible enum values:
   *  - `"Never"` means that pod never preempts other pods with lower priority.
   *  - `"PreemptLowerPriority"` means that pod can preempt other pods with lower priority.
   */
  preemptionPolicy?: "Never" | "PreemptLowerPriority" | (string & {});
  /**
   * value represents the integer value of this priority class. This is the actual priority that pods receive when they
   * have the name of this class in their pod spec.
   */
  value?: number;
}

/** PriorityClassList is a collection of priority classes. */
export interface PriorityClassList {
  apiVersion?: "scheduling.k8s.io/v1";
  kind?: "PriorityClassList";
  /**
   * Standard list metadata More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** items is the list of PriorityClasses */
  items: PriorityClass[];
}

/** The client of priorityclasses. */
export interface PriorityClassResource extends
    Gets<PriorityClass>,
    Lists<PriorityClass>,
    Tables,
    Watches<PriorityClass>,
    Creates<PriorityClass>,
    Updates<PriorityClass>,
    Modifies<PriorityClass>,
    Patches<PriorityClass, Stored<PriorityClass>, BuiltInPatch<PriorityClass>>,
    Applies<PriorityClass>,
    Deletes<PriorityClass>,
    DeletesCollection<PriorityClass> {
  readonly metadata: MetadataClient;
}

/** priorityclasses of scheduling.k8s.io/v1, for `cluster.resource()`. */
export const priorityClasses: Resource<PriorityClassResource> = {
  group: "scheduling.k8s.io", version: "v1", plural: "priorityclasses", kind: "PriorityClass", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "priorityclass",
  shortNames: ["pc"],
};

/** The client of scheduling.k8s.io/v1. */
export interface SchedulingV1 {
  readonly priorityClasses: PriorityClassResource;
}

/** scheduling.k8s.io/v1, for `cluster.api(SchedulingV1)`. */
export const SchedulingV1: Group<SchedulingV1> = {
  group: "scheduling.k8s.io", version: "v1",
  resources: {
    priorityClasses,
  },
};
