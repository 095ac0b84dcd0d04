// Written by @kubewright/codegen from old.example.com/v1. Do not edit.

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

/** A widget. */
export interface Widget extends NamespacedObject {
  apiVersion?: "old.example.com/v1";
  kind?: "Widget";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec?: WidgetSpec;
}

/** WidgetList is a list of Widget */
export interface WidgetList {
  apiVersion?: "old.example.com/v1";
  kind?: "WidgetList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of widgets. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Widget[];
}

export interface WidgetSpec {
  a?: string;
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

/** widgets of old.example.com/v1, for `cluster.resource()`. */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "old.example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
};

/** The client of old.example.com/v1. */
export interface OldExampleComV1 {
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** old.example.com/v1, for `cluster.api(OldExampleComV1)`. */
export const OldExampleComV1: Group<OldExampleComV1> = {
  group: "old.example.com", version: "v1",
  resources: {
    widgets,
  },
};
