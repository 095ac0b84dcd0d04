// Written by @kubewright/codegen from dash.example.com/v1-10. Do not edit.

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

export interface Cluster extends NamespacedObject {
  apiVersion?: "dash.example.com/v1-10";
  kind?: "Cluster";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec?: ClusterSpec;
}

/** ClusterList is a list of Cluster */
export interface ClusterList {
  apiVersion?: "dash.example.com/v1-10";
  kind?: "ClusterList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /**
   * List of clusters. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md
   */
  items: Cluster[];
}

export interface ClusterSpec {
  size?: number;
}

/** The client of clusters within one namespace. */
export interface ClusterResource extends
    Gets<Cluster>,
    Lists<Cluster>,
    Tables,
    Watches<Cluster>,
    Creates<Cluster>,
    Updates<Cluster>,
    Modifies<Cluster>,
    Patches<Cluster>,
    Applies<Cluster>,
    Deletes<Cluster>,
    DeletesCollection<Cluster> {
  readonly metadata: MetadataClient;
}

/** clusters of dash.example.com/v1-10, for `cluster.resource()`. */
export const clusters: Resource<NamespacedCollection<Cluster, ClusterResource>> = {
  group: "dash.example.com", version: "v1-10", plural: "clusters", kind: "Cluster", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "cluster",
};

/** The client of dash.example.com/v1-10. */
export interface DashExampleComV1_10 {
  readonly clusters: NamespacedCollection<Cluster, ClusterResource>;
}

/** dash.example.com/v1-10, for `cluster.api(DashExampleComV1_10)`. */
export const DashExampleComV1_10: Group<DashExampleComV1_10> = {
  group: "dash.example.com", version: "v1-10",
  resources: {
    clusters,
  },
};
