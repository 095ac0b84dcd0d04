// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type {
  Applies,
  BuiltInPatch,
  ClusterObject,
  Gets,
  Group,
  Modifies,
  Patches,
  Resource,
  Stored,
  Updates,
} from "kubewright";

export interface Custom extends ClusterObject {
  a?: string;
}

export interface Old extends ClusterObject {
  a?: string;
}

export interface Strategic extends ClusterObject {
  a?: string;
}

/** The client of customs. */
export interface CustomResource extends Patches<Custom>, Applies<Custom> {}

/** customs of example.com/v1, for `cluster.resource()`. */
export const customs: Resource<CustomResource> = {
  group: "example.com", version: "v1", plural: "customs", kind: "Custom", namespaced: false,
  verbs: ["patch"],
};

/** The client of olds. */
export interface OldResource extends Patches<Old> {
  readonly status: Gets<Old> & Updates<Old> & Modifies<Old> & Patches<Old>;
}

/** olds of example.com/v1, for `cluster.resource()`. */
export const olds: Resource<OldResource> = {
  group: "example.com", version: "v1", plural: "olds", kind: "Old", namespaced: false,
  verbs: ["patch"],
  subresources: {
    status: { group: "example.com", version: "v1", kind: "Old", verbs: ["get", "patch", "update"] },
  },
};

/** The client of strategics. */
export interface StrategicResource extends
    Patches<Strategic, Stored<Strategic>, BuiltInPatch<Strategic>>,
    Applies<Strategic> {}

/** strategics of example.com/v1, for `cluster.resource()`. */
export const strategics: Resource<StrategicResource> = {
  group: "example.com", version: "v1", plural: "strategics", kind: "Strategic", namespaced: false,
  verbs: ["patch"],
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly customs: CustomResource;
  readonly olds: OldResource;
  readonly strategics: StrategicResource;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    customs,
    olds,
    strategics,
  },
};
