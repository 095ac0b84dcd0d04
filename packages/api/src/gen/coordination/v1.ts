// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

import type {
  Applies,
  BuiltInPatch,
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
  Stored,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { ListMeta, ObjectMeta } from "../meta/v1.ts";

/** Lease defines a lease concept. */
export interface Lease extends NamespacedObject<"spec"> {
  apiVersion?: "coordination.k8s.io/v1";
  kind?: "Lease";
  /** More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata */
  metadata?: ObjectMeta;
  /**
   * spec contains the specification of the Lease. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
   */
  spec?: LeaseSpec;
}

/** LeaseList is a list of Lease objects. */
export interface LeaseList {
  apiVersion?: "coordination.k8s.io/v1";
  kind?: "LeaseList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** items is a list of schema objects. */
  items: Lease[];
}

/** LeaseSpec is a specification of a Lease. */
export interface LeaseSpec {
  /**
   * acquireTime is a time when the current lease was acquired.
   *
   * A time with six digits after the second, as `microTime()` writes it.
   */
  acquireTime?: string;
  /**
   * holderIdentity contains the identity of the holder of a current lease. If Coordinated Leader Election is used, the
   * holder identity must be equal to the elected LeaseCandidate.metadata.name field.
   */
  holderIdentity?: string;
  /**
   * leaseDurationSeconds is a duration that candidates for a lease need to wait to force acquire it. This is measured
   * against the time of last observed renewTime.
   */
  leaseDurationSeconds?: number;
  /** leaseTransitions is the number of transitions of a lease between holders. */
  leaseTransitions?: number;
  /**
   * PreferredHolder signals to a lease holder that the lease has a more optimal holder and should be given up. This
   * field can only be set if Strategy is also set.
   */
  preferredHolder?: string;
  /**
   * renewTime is a time when the current holder of a lease has last updated the lease.
   *
   * A time with six digits after the second, as `microTime()` writes it.
   */
  renewTime?: string;
  /**
   * Strategy indicates the strategy for picking the leader for coordinated leader election. If the field is not
   * specified, there is no active coordination for this lease. (Alpha) Using this field requires the
   * CoordinatedLeaderElection feature gate to be enabled.
   */
  strategy?: string;
}

/** The client of leases within one namespace. */
export interface LeaseResource extends
    Gets<Lease>,
    Lists<Lease>,
    Tables,
    Watches<Lease>,
    Creates<Lease>,
    Updates<Lease>,
    Modifies<Lease>,
    Patches<Lease, Stored<Lease>, BuiltInPatch<Lease>>,
    Applies<Lease>,
    Deletes<Lease>,
    DeletesCollection<Lease> {
  readonly metadata: MetadataClient;
}

/** leases of coordination.k8s.io/v1, for `cluster.resource()`. */
export const leases: Resource<NamespacedCollection<Lease, LeaseResource>> = {
  group: "coordination.k8s.io", version: "v1", plural: "leases", kind: "Lease", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "lease",
};

/** The client of coordination.k8s.io/v1. */
export interface CoordinationV1 {
  readonly leases: NamespacedCollection<Lease, LeaseResource>;
}

/** coordination.k8s.io/v1, for `cluster.api(CoordinationV1)`. */
export const CoordinationV1: Group<CoordinationV1> = {
  group: "coordination.k8s.io", version: "v1",
  resources: {
    leases,
  },
};
