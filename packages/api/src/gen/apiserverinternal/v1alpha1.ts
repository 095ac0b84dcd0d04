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
  ListMapItem,
  Lists,
  MetadataClient,
  Modifies,
  Patches,
  Resource,
  Stored,
  Subresource,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { ListMeta, ObjectMeta } from "../meta/v1.ts";

/**
 * An API server instance reports the version it can decode and the version it encodes objects to when persisting
 * objects in the backend.
 */
export interface ServerStorageVersion extends ListMapItem<"apiServerID"> {
  /** apiServerID is the ID of the reporting API server. */
  apiServerID: string;
  /**
   * decodableVersions are the encoding versions the API server can handle to decode. The API server can decode objects
   * encoded in these versions. The encodingVersion must be included in the decodableVersions.
   */
  decodableVersions: string[];
  /** encodingVersion the API server encodes the object to when persisting it in the backend (e.g., etcd). */
  encodingVersion: string;
  /** servedVersions lists all versions the API server can serve. DecodableVersions must include all ServedVersions. */
  servedVersions?: string[];
}

/** Storage version of a specific resource. */
export interface StorageVersion extends ClusterObject<"spec" | "status"> {
  apiVersion?: "internal.apiserver.k8s.io/v1alpha1";
  kind?: "StorageVersion";
  /** metadata is the standard object metadata. The name is <group>.<resource>. */
  metadata: ObjectMeta;
  /** spec is an empty spec. It is here to comply with Kubernetes API style. */
  spec?: StorageVersionSpec;
  /**
   * status on the version the API server instance can decode from and encode objects to when persisting objects in the
   * backend.
   */
  status?: StorageVersionStatus;
}

/** Describes the state of the storageVersion at a certain point. */
export interface StorageVersionCondition extends ListMapItem<"type"> {
  /**
   * lastTransitionTime is the last time the condition transitioned from one status to another.
   *
   * A time in RFC 3339, as `toISOString()` writes it.
   */
  lastTransitionTime?: string;
  /** message is a human readable string indicating details about the transition. */
  message: string;
  /** observedGeneration represents the .metadata.generation that the condition was set based upon, if field is set. */
  observedGeneration?: number;
  /** reason for the condition's last transition. */
  reason: string;
  /** status of the condition, one of True, False, Unknown. */
  status: string;
  /** type of the condition. */
  type: string;
}

/** A list of StorageVersions. */
export interface StorageVersionList {
  apiVersion?: "internal.apiserver.k8s.io/v1alpha1";
  kind?: "StorageVersionList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** Items holds a list of StorageVersion */
  items: StorageVersion[];
}

/** StorageVersionSpec is an empty spec. */
export type StorageVersionSpec = { [key: string]: unknown };

/**
 * API server instances report the versions they can decode and the version they encode objects to when persisting
 * objects in the backend.
 */
export interface StorageVersionStatus {
  /**
   * commonEncodingVersion is set to an encoding storage version if all API server instances share that same version. If
   * they don't share one storage version, this field is left empty. API servers should finish updating its
   * storageVersionStatus entry before serving write operations, so that this field will be in sync with the reality.
   */
  commonEncodingVersion?: string;
  /** conditions lists the latest available observations of the storageVersion's state. */
  conditions?: StorageVersionCondition[];
  /** storageVersions lists the reported versions per API server instance. */
  storageVersions?: ServerStorageVersion[];
}

/** The client of storageversions. */
export interface StorageVersionResource extends
    Gets<StorageVersion>,
    Lists<StorageVersion>,
    Tables,
    Watches<StorageVersion>,
    Creates<StorageVersion>,
    Updates<StorageVersion>,
    Modifies<StorageVersion>,
    Patches<StorageVersion, Stored<StorageVersion>, BuiltInPatch<StorageVersion>>,
    Applies<StorageVersion>,
    Deletes<StorageVersion>,
    DeletesCollection<StorageVersion> {
  readonly metadata: MetadataClient;
  readonly status: Subresource<StorageVersion, BuiltInPatch<StorageVersion>>;
}

/** storageversions of internal.apiserver.k8s.io/v1alpha1, for `cluster.resource()`. */
export const storageVersions: Resource<StorageVersionResource> = {
  group: "internal.apiserver.k8s.io", version: "v1alpha1", plural: "storageversions", kind: "StorageVersion", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "storageversion",
  subresources: {
    status: { group: "internal.apiserver.k8s.io", version: "v1alpha1", kind: "StorageVersion", verbs: ["get", "patch", "update"] },
  },
};

/** The client of internal.apiserver.k8s.io/v1alpha1. */
export interface ApiserverinternalV1alpha1 {
  readonly storageVersions: StorageVersionResource;
}

/** internal.apiserver.k8s.io/v1alpha1, for `cluster.api(ApiserverinternalV1alpha1)`. */
export const ApiserverinternalV1alpha1: Group<ApiserverinternalV1alpha1> = {
  group: "internal.apiserver.k8s.io", version: "v1alpha1",
  resources: {
    storageVersions,
  },
};
