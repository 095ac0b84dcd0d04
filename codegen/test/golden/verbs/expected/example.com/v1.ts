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
  Namespaced,
  NamespacedCollection,
  NamespacedObject,
  Patches,
  Resource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ObjectMeta } from "kubewright/meta/v1";

export interface ClusterWidget extends ClusterObject {
  apiVersion?: "example.com/v1";
  kind?: "ClusterWidget";
  metadata?: ObjectMeta;
}

export interface KeptThing extends NamespacedObject {
  apiVersion?: "example.com/v1";
  kind?: "KeptThing";
  metadata?: ObjectMeta;
}

export interface LocalReview extends NamespacedObject {
  apiVersion?: "example.com/v1";
  kind?: "LocalReview";
  metadata?: ObjectMeta;
}

export interface PodUsage extends NamespacedObject {
  apiVersion?: "example.com/v1";
  kind?: "PodUsage";
  metadata?: ObjectMeta;
}

export interface Widget extends NamespacedObject {
  apiVersion?: "example.com/v1";
  kind?: "Widget";
  metadata?: ObjectMeta;
}

/** The client of clusterwidgets. */
export interface ClusterWidgetResource extends
    Gets<ClusterWidget>,
    Lists<ClusterWidget>,
    Tables,
    Watches<ClusterWidget> {
  readonly metadata: MetadataClient;
}

/** clusterwidgets of example.com/v1, for `cluster.resource()`. */
export const clusterWidgets: Resource<ClusterWidgetResource> = {
  group: "example.com", version: "v1", plural: "clusterwidgets", kind: "ClusterWidget", namespaced: false,
  verbs: ["get", "list", "watch"],
};

/** The client of keptthings within one namespace. */
export interface KeptThingResource extends Lists<KeptThing>, Tables, Deletes<KeptThing> {}

/** keptthings of example.com/v1, for `cluster.resource()`. */
export const keptThings: Resource<Namespaced<KeptThingResource> & Lists<KeptThing> & Tables> = {
  group: "example.com", version: "v1", plural: "keptthings", kind: "KeptThing", namespaced: true,
  verbs: ["delete", "list"],
};

/** The client of localreviews within one namespace. */
export interface LocalReviewResource extends Creates<LocalReview, LocalReview> {}

/** localreviews of example.com/v1, for `cluster.resource()`. */
export const localReviews: Resource<Namespaced<LocalReviewResource>> = {
  group: "example.com", version: "v1", plural: "localreviews", kind: "LocalReview", namespaced: true,
  verbs: ["create"],
};

/** The client of podusages within one namespace. */
export interface PodUsageResource extends Gets<PodUsage, PodUsage>, Lists<PodUsage, PodUsage>, Tables {}

/** podusages of example.com/v1, for `cluster.resource()`. */
export const podUsages: Resource<Namespaced<PodUsageResource> & Lists<PodUsage, PodUsage> & Tables> = {
  group: "example.com", version: "v1", plural: "podusages", kind: "PodUsage", namespaced: true,
  verbs: ["get", "list"],
};

/** The client of widgets within one namespace. */
export interface WidgetResource extends
    Gets<Widget>,
    Lists<Widget>,
    Tables,
    Watches<Widget>,
    Creates<Widget>,
    Updates<Widget>,
    Modifies<Widget>,
    Patches<Widget>,
    Applies<Widget>,
    Deletes<Widget>,
    DeletesCollection<Widget> {
  readonly metadata: MetadataClient;
}

/** widgets of example.com/v1, for `cluster.resource()`. */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
  shortNames: ["wi"],
  categories: ["all"],
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly clusterWidgets: ClusterWidgetResource;
  readonly keptThings: Namespaced<KeptThingResource> & Lists<KeptThing> & Tables;
  readonly localReviews: Namespaced<LocalReviewResource>;
  readonly podUsages: Namespaced<PodUsageResource> & Lists<PodUsage, PodUsage> & Tables;
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    clusterWidgets,
    keptThings,
    localReviews,
    podUsages,
    widgets,
  },
};
