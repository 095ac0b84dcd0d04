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

/**
 * LeaseCandidate defines a candidate for a Lease object. Candidates are created such that coordinated leader election
 * will pick the best leader from the list of candidates.
 */
export interface LeaseCandidate extends NamespacedObject<"spec"> {
  apiVersion?: "coordination.k8s.io/v1beta1";
  kind?: "LeaseCandidate";
  /** More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata */
  metadata?: ObjectMeta;
  /**
   * spec contains the specification of the Lease. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
   */
  spec: LeaseCandidateSpec;
}

/** LeaseCandidateList is a list of Lease objects. */
export interface LeaseCandidateList {
  apiVersion?: "coordination.k8s.io/v1beta1";
  kind?: "LeaseCandidateList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** items is a list of schema objects. */
  items: LeaseCandidate[];
}

/** LeaseCandidateSpec is a specification of a Lease. */
export interface LeaseCandidateSpec {
  /** BinaryVersion is the binary version. It must be in a semver format without leading `v`. This field is required. */
  binaryVersion: string;
  /**
   * EmulationVersion is the emulation version. It must be in a semver format without leading `v`. EmulationVersion must
   * be less than or equal to BinaryVersion. This field is required when strategy is "OldestEmulationVersion"
   */
  emulationVersion?: string;
  /**
   * LeaseName is the name of the lease for which this candidate is contending. The limits on this field are the same as
   * on Lease.name. Multiple lease candidates may reference the same Lease.name. This field is immutable.
   */
  leaseName: string;
  /**
   * PingTime is the last time that the server has requested the LeaseCandidate to renew. It is only done during leader
   * election to check if any LeaseCandidates have become ineligible. When PingTime is updated, the LeaseCandidate will
   * respond by updating RenewTime.
   *
   * A time with six digits after the second, as `microTime()` writes it.
   */
  pingTime?: string;
  /**
   * RenewTime is the time that the LeaseCandidate was last updated. Any time a Lease needs to do leader election, the
   * PingTime field is updated to signal to the LeaseCandidate that they should update the RenewTime. Old LeaseCandidate
   * objects are also garbage collected if it has been hours since the last renew. The PingTime field is updated
   * regularly to prevent garbage collection for still active LeaseCandidates.
   *
   * A time with six digits after the second, as `microTime()` writes it.
   */
  renewTime?: string;
  /**
   * Strategy is the strategy that coordinated leader election will use for picking the leader. If multiple candidates
   * for the same Lease return different strategies, the strategy provided by the candidate with the latest
   * BinaryVersion will be used. If there is still conflict, this is a user error and coordinated leader election will
   * not operate the Lease until resolved.
   */
  strategy: string;
}

/** The client of leasecandidates within one namespace. */
export interface LeaseCandidateResource extends
    Gets<LeaseCandidate>,
    Lists<LeaseCandidate>,
    Tables,
    Watches<LeaseCandidate>,
    Creates<LeaseCandidate>,
    Updates<LeaseCandidate>,
    Modifies<LeaseCandidate>,
    Patches<LeaseCandidate, Stored<LeaseCandidate>, BuiltInPatch<LeaseCandidate>>,
    Applies<LeaseCandidate>,
    Deletes<LeaseCandidate>,
    DeletesCollection<LeaseCandidate> {
  readonly metadata: MetadataClient;
}

/** leasecandidates of coordination.k8s.io/v1beta1, for `cluster.resource()`. */
export const leaseCandidates: Resource<NamespacedCollection<LeaseCandidate, LeaseCandidateResource>> = {
  group: "coordination.k8s.io", version: "v1beta1", plural: "leasecandidates", kind: "LeaseCandidate", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "leasecandidate",
};

/** The client of coordination.k8s.io/v1beta1. */
export interface CoordinationV1beta1 {
  readonly leaseCandidates: NamespacedCollection<LeaseCandidate, LeaseCandidateResource>;
}

/** coordination.k8s.io/v1beta1, for `cluster.api(CoordinationV1beta1)`. */
export const CoordinationV1beta1: Group<CoordinationV1beta1> = {
  group: "coordination.k8s.io", version: "v1beta1",
  resources: {
    leaseCandidates,
  },
};
