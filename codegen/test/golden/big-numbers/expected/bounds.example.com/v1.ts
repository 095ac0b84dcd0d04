// Written by @kubewright/codegen from bounds.example.com/v1. Do not edit.

import type {
  Applies,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Group,
  Lists,
  MetadataClient,
  Modifies,
  NamespacedCollection,
  NamespacedObject,
  Patches,
  Resource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface Quota extends NamespacedObject {
  apiVersion?: "bounds.example.com/v1";
  kind?: "Quota";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec?: QuotaSpec;
}

/** QuotaList is a list of Quota */
export interface QuotaList {
  apiVersion?: "bounds.example.com/v1";
  kind?: "QuotaList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of quotas. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Quota[];
}

export interface QuotaSpec {
  /** Default: 9223372036854775807. */
  filled?: number;
  /** Value: at least -9223372036854775808. */
  floor?: number;
  /** Value: more than 0 and at most 0.5. */
  half?: number;
  known?: 1 | (number & {});
  /** Value: 0 to 9223372036854775807. */
  limit?: number;
  /** Items: at most 9007199254740993. */
  list?: number[];
  /** Fields: at most 9223372036854775807. */
  map?: { [key: string]: number };
  /** Value: more than 9007199254740992 and less than 18446744073709551615. */
  open?: number;
  /** Value: at most 1000000000000000000. Multiple of: 9007199254740993. */
  step?: number;
  /** Length: 1 to 9223372036854775807. */
  text?: string;
}

/** The client of quotas within one namespace. */
export interface QuotaResource extends
    Gets<Quota>,
    Lists<Quota>,
    Tables,
    Watches<Quota>,
    Creates<Quota>,
    Updates<Quota>,
    Modifies<Quota>,
    Patches<Quota>,
    Applies<Quota>,
    Deletes<Quota>,
    DeletesCollection<Quota> {
  readonly metadata: MetadataClient;
}

/** quotas of bounds.example.com/v1, for `cluster.resource()`. */
export const quotas: Resource<NamespacedCollection<Quota, QuotaResource>> = {
  group: "bounds.example.com", version: "v1", plural: "quotas", kind: "Quota", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "quota",
};

/** The client of bounds.example.com/v1. */
export interface BoundsExampleComV1 {
  readonly quotas: NamespacedCollection<Quota, QuotaResource>;
}

/** bounds.example.com/v1, for `cluster.api(BoundsExampleComV1)`. */
export const BoundsExampleComV1: Group<BoundsExampleComV1> = {
  group: "bounds.example.com", version: "v1",
  resources: {
    quotas,
  },
};
