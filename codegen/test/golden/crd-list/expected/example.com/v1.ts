// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type {
  Applies,
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
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface A extends ClusterObject {
  apiVersion?: "example.com/v1";
  kind?: "A";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec?: { [key: string]: unknown };
}

/** AList is a list of A */
export interface AList {
  apiVersion?: "example.com/v1";
  kind?: "AList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of as. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: A[];
}

export interface B extends ClusterObject {
  apiVersion?: "example.com/v1";
  kind?: "B";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
}

/** ManyB is a list of B */
export interface ManyB {
  apiVersion?: "example.com/v1";
  kind?: "ManyB";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of bs. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: B[];
}

/** The client of as. */
export interface AResource extends
    Gets<A>,
    Lists<A>,
    Tables,
    Watches<A>,
    Creates<A>,
    Updates<A>,
    Modifies<A>,
    Patches<A>,
    Applies<A>,
    Deletes<A>,
    DeletesCollection<A> {
  readonly metadata: MetadataClient;
}

/** as of example.com/v1, for `cluster.resource()`. */
export const as: Resource<AResource> = {
  group: "example.com", version: "v1", plural: "as", kind: "A", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "a",
};

/** The client of bs. */
export interface BResource extends
    Gets<B>,
    Lists<B>,
    Tables,
    Watches<B>,
    Creates<B>,
    Updates<B>,
    Modifies<B>,
    Patches<B>,
    Applies<B>,
    Deletes<B>,
    DeletesCollection<B> {
  readonly metadata: MetadataClient;
}

/** bs of example.com/v1, for `cluster.resource()`. */
export const bs: Resource<BResource> = {
  group: "example.com", version: "v1", plural: "bs", kind: "B", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "b",
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly as: AResource;
  readonly bs: BResource;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    as,
    bs,
  },
};
