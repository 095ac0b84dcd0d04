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
 * VolumeAttributesClass represents a specification of mutable volume attributes defined by the CSI driver. The class
 * can be specified during dynamic provisioning of PersistentVolumeClaims, and changed in the PersistentVolumeClaim spec
 * after provisioning.
 */
export interface VolumeAttributesClass extends ClusterObject {
  apiVersion?: "storage.k8s.io/v1beta1";
  kind?: "VolumeAttributesClass";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /** Name of the CSI driver This field is immutable. */
  driverName: string;
  /**
   * parameters hold volume attributes defined by the CSI driver. These values are opaque to the Kubernetes and are
   * passed directly to the CSI driver. The underlying storage provider supports changing these attributes on an
   * existing volume, however the parameters field itself is immutable. To invoke a volume update, a new
   * VolumeAttributesClass should be created with new parameters, and the PersistentVolumeClaim should be updated to
   * reference the new VolumeAttributesClass.
   *
   * This field is required and must contain at least one key/value pair. The keys cannot be empty, and the maximum
   * number of parameters is 512, with a cumulative max size of 256K. If the CSI driver rejects invalid parameters, the
   * target PersistentVolumeClaim will be set to an "Infeasible" state in the modifyVolumeStatus field.
   */
  parameters?: { [key: string]: string };
}

/** VolumeAttributesClassList is a collection of VolumeAttributesClass objects. */
export interface VolumeAttributesClassList {
  apiVersion?: "storage.k8s.io/v1beta1";
  kind?: "VolumeAttributesClassList";
  /**
   * Standard list metadata More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** items is the list of VolumeAttributesClass objects. */
  items: VolumeAttributesClass[];
}

/** The client of volumeattributesclasses. */
export interface VolumeAttributesClassResource extends
    Gets<VolumeAttributesClass>,
    Lists<VolumeAttributesClass>,
    Tables,
    Watches<VolumeAttributesClass>,
    Creates<VolumeAttributesClass>,
    Updates<VolumeAttributesClass>,
    Modifies<VolumeAttributesClass>,
    Patches<VolumeAttributesClass, Stored<VolumeAttributesClass>, BuiltInPatch<VolumeAttributesClass>>,
    Applies<VolumeAttributesClass>,
    Deletes<VolumeAttributesClass>,
    DeletesCollection<VolumeAttributesClass> {
  readonly metadata: MetadataClient;
}

/** volumeattributesclasses of storage.k8s.io/v1beta1, for `cluster.resource()`. */
export const volumeAttributesClasses: Resource<VolumeAttributesClassResource> = {
  group: "storage.k8s.io", version: "v1beta1", plural: "volumeattributesclasses", kind: "VolumeAttributesClass", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "volumeattributesclass",
  shortNames: ["vac"],
};

/** The client of storage.k8s.io/v1beta1. */
export interface StorageV1beta1 {
  readonly volumeAttributesClasses: VolumeAttributesClassResource;
}

/** storage.k8s.io/v1beta1, for `cluster.api(StorageV1beta1)`. */
export const StorageV1beta1: Group<StorageV1beta1> = {
  group: "storage.k8s.io", version: "v1beta1",
  resources: {
    volumeAttributesClasses,
  },
};
