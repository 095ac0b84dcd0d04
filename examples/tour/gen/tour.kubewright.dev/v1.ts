// Written by @kubewright/codegen from CustomResourceDefinitions. Do not edit.

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
  Subresource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface Lighthouse extends NamespacedObject {
  apiVersion?: "tour.kubewright.dev/v1";
  kind?: "Lighthouse";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec: LighthouseSpec;
  status?: LighthouseStatus;
}

/** LighthouseList is a list of Lighthouse */
export interface LighthouseList {
  apiVersion?: "tour.kubewright.dev/v1";
  kind?: "LighthouseList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /**
   * List of lighthouses. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md
   */
  items: Lighthouse[];
}

export interface LighthouseSpec {
  /**
   * Metres from the ground to the top.
   *
   * Value: at least 1.
   */
  height: number;
  /** What ships see at night. */
  light: LighthouseSpecLight;
}

/** What ships see at night. */
export interface LighthouseSpecLight {
  colour: "white" | "red" | "green" | (string & {});
  /**
   * Seconds from flash to flash.
   *
   * Default: 10.
   */
  periodSeconds?: number;
}

export interface LighthouseStatus {
  lit?: boolean;
}

/** The client of lighthouses within one namespace. */
export interface LighthouseResource extends
    Gets<Lighthouse>,
    Lists<Lighthouse>,
    Tables,
    Watches<Lighthouse>,
    Creates<Lighthouse>,
    Updates<Lighthouse>,
    Modifies<Lighthouse>,
    Patches<Lighthouse>,
    Applies<Lighthouse>,
    Deletes<Lighthouse>,
    DeletesCollection<Lighthouse> {
  readonly metadata: MetadataClient;
  readonly status: Subresource<Lighthouse>;
}

/** lighthouses of tour.kubewright.dev/v1, for `cluster.resource()`. */
export const lighthouses: Resource<NamespacedCollection<Lighthouse, LighthouseResource>> = {
  group: "tour.kubewright.dev", version: "v1", plural: "lighthouses", kind: "Lighthouse", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "lighthouse",
  shortNames: ["lh"],
  subresources: {
    status: { group: "tour.kubewright.dev", version: "v1", kind: "Lighthouse", verbs: ["get", "patch", "update"] },
  },
};

/** The client of tour.kubewright.dev/v1. */
export interface TourKubewrightDevV1 {
  readonly lighthouses: NamespacedCollection<Lighthouse, LighthouseResource>;
}

/** tour.kubewright.dev/v1, for `cluster.api(TourKubewrightDevV1)`. */
export const TourKubewrightDevV1: Group<TourKubewrightDevV1> = {
  group: "tour.kubewright.dev", version: "v1",
  resources: {
    lighthouses,
  },
};
