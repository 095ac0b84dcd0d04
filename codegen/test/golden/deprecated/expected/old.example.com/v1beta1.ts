// Written by @kubewright/codegen from old.example.com/v1beta1. Do not edit.

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

/**
 * A widget.
 *
 * @deprecated old.example.com/v1beta1 Widget is deprecated
 */
export interface Widget extends NamespacedObject {
  apiVersion?: "old.example.com/v1beta1";
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
  apiVersion?: "old.example.com/v1beta1";
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

/**
 * widgets of old.example.com/v1beta1, for `cluster.resource()`.
 *
 * @deprecated old.example.com/v1beta1 Widget is deprecated
 */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "old.example.com", version: "v1beta1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
};

/** The client of old.example.com/v1beta1. */
export interface OldExampleComV1beta1 {
  /** @deprecated old.example.com/v1beta1 Widget is deprecated */
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** old.example.com/v1beta1, for `cluster.api(OldExampleComV1beta1)`. */
export const OldExampleComV1beta1: Group<OldExampleComV1beta1> = {
  group: "old.example.com", version: "v1beta1",
  resources: {
    widgets,
  },
};
