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
  Subresource,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { Condition, GroupResource, ListMeta, ObjectMeta } from "../meta/v1.ts";

/** StorageVersionMigration represents a migration of stored data to the latest storage version. */
export interface StorageVersionMigration extends ClusterObject<"spec" | "status"> {
  apiVersion?: "storagemigration.k8s.io/v1beta1";
  kind?: "StorageVersionMigration";
  /**
   * Standard object metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /** Specification of the migration. */
  spec?: StorageVersionMigrationSpec;
  /** Status of the migration. */
  status?: StorageVersionMigrationStatus;
}

/** StorageVersionMigrationList is a collection of storage version migrations. */
export interface StorageVersionMigrationList {
  apiVersion?: "storagemigration.k8s.io/v1beta1";
  kind?: "StorageVersionMigrationList";
  /**
   * Standard list metadata More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** Items is the list of StorageVersionMigration */
  items: StorageVersionMigration[];
}

/** Spec of the storage version migration. */
export interface StorageVersionMigrationSpec {
  /**
   * The resource that is being migrated. The migrator sends requests to the endpoint serving the resource. Immutable.
   */
  resource: GroupResource;
}

/** Status of the storage version migration. */
export interface StorageVersionMigrationStatus {
  /** The latest available observations of the migration's current state. */
  conditions?: Condition[];
  /**
   * ResourceVersion to compare with the GC cache for performing the migration. This is the current resource version of
   * given group, version and resource when kube-controller-manager first observes this StorageVersionMigration
   * resource.
   */
  resourceVersion?: string;
}

/** The client of storageversionmigrations. */
export interface StorageVersionMigrationResource extends
    Gets<StorageVersionMigration>,
    Lists<StorageVersionMigration>,
    Tables,
    Watches<StorageVersionMigration>,
    Creates<StorageVersionMigration>,
    Updates<StorageVersionMigration>,
    Modifies<StorageVersionMigration>,
    Patches<StorageVersionMigration, Stored<StorageVersionMigration>, BuiltInPatch<StorageVersionMigration>>,
    Applies<StorageVersionMigration>,
    Deletes<StorageVersionMigration>,
    DeletesCollection<StorageVersionMigration> {
  readonly metadata: MetadataClient;
  readonly status: Subresource<StorageVersionMigration, BuiltInPatch<StorageVersionMigration>>;
}

/** storageversionmigrations of storagemigration.k8s.io/v1beta1, for `cluster.resource()`. */
export const storageVersionMigrations: Resource<StorageVersionMigrationResource> = {
  group: "storagemigration.k8s.io", version: "v1beta1", plural: "storageversionmigrations", kind: "StorageVersionMigration", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "storageversionmigration",
  subresources: {
    status: { group: "storagemigration.k8s.io", version: "v1beta1", kind: "StorageVersionMigration", verbs: ["get", "patch", "update"] },
  },
};

/** The client of storagemigration.k8s.io/v1beta1. */
export interface StoragemigrationV1beta1 {
  readonly storageVersionMigrations: StorageVersionMigrationResource;
}

/** storagemigration.k8s.io/v1beta1, for `cluster.api(StoragemigrationV1beta1)`. */
export const StoragemigrationV1beta1: Group<StoragemigrationV1beta1> = {
  group: "storagemigration.k8s.io", version: "v1beta1",
  resources: {
    storageVersionMigrations,
  },
};
