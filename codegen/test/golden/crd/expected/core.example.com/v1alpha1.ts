// Written by @kubewright/codegen from core.example.com/v1alpha1. Do not edit.

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

export interface Widget extends NamespacedObject {
  apiVersion?: "core.example.com/v1alpha1";
  kind?: "Widget";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  [key: string]: unknown;
}

/** WidgetList is a list of Widget */
export interface WidgetList {
  apiVersion?: "core.example.com/v1alpha1";
  kind?: "WidgetList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of widgets. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Widget[];
}

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

/** widgets of core.example.com/v1alpha1, for `cluster.resource()`. */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "core.example.com", version: "v1alpha1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
  shortNames: ["wi"],
  categories: ["all"],
};

/** The client of core.example.com/v1alpha1. */
export interface CoreExampleComV1alpha1 {
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** core.example.com/v1alpha1, for `cluster.api(CoreExampleComV1alpha1)`. */
export const CoreExampleComV1alpha1: Group<CoreExampleComV1alpha1> = {
  group: "core.example.com", version: "v1alpha1",
  resources: {
    widgets,
  },
};
