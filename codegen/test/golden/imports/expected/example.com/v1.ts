// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type {
  ClusterObject,
  Gets,
  Group as KubewrightGroup,
  Lists,
  Namespaced,
  NamespacedObject,
  Resource,
  Subresource,
  Tables,
} from "kubewright";
import type { Scale as AutoscalingV1Scale } from "kubewright/autoscaling/v1";
import type { Condition as MetaV1Condition, LabelSelector } from "kubewright/meta/v1";
import type { Thing as OtherExampleComV1Thing } from "../other.example.com/v1.js";
import type { Thing as ExampleComV2Thing } from "./v2.js";

export interface Condition {
  a?: string;
}

export interface Group extends ClusterObject {
  condition?: Condition;
  newer?: ExampleComV2Thing;
  other?: OtherExampleComV1Thing;
  selector?: LabelSelector;
  theirs?: MetaV1Condition;
}

export interface Scale extends NamespacedObject {
  a?: string;
}

/** The client of groups. */
export interface GroupResource extends Gets<Group, Group> {}

/** groups of example.com/v1, for `cluster.resource()`. */
export const groups: Resource<GroupResource> = {
  group: "example.com", version: "v1", plural: "groups", kind: "Group", namespaced: false,
  verbs: ["get"],
};

/** The client of scales within one namespace. */
export interface ScaleResource extends Gets<Scale, Scale>, Lists<Scale, Scale>, Tables {
  readonly scale: Subresource<AutoscalingV1Scale>;
}

/** scales of example.com/v1, for `cluster.resource()`. */
export const scales: Resource<Namespaced<ScaleResource> & Lists<Scale, Scale> & Tables> = {
  group: "example.com", version: "v1", plural: "scales", kind: "Scale", namespaced: true,
  verbs: ["get", "list"],
  subresources: {
    scale: { group: "autoscaling", version: "v1", kind: "Scale", verbs: ["get", "patch", "update"] },
  },
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly groups: GroupResource;
  readonly scales: Namespaced<ScaleResource> & Lists<Scale, Scale> & Tables;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: KubewrightGroup<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    groups,
    scales,
  },
};
