// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type {
  Applies,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Group,
  ListMapItem,
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
  apiVersion?: "example.com/v1";
  kind?: "Widget";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  list?: {
    items?: string;
  };
  spec?: WidgetSpec;
}

/** WidgetList is a list of Widget */
export interface WidgetList {
  apiVersion?: "example.com/v1";
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
  "foo-bar"?: {
    /** Below. */
    b?: string;
    many?: WidgetSpecFooBarManyItem[];
  };
  fooBar?: {
    a?: string;
  };
  list?: WidgetSpecList;
  rows?: WidgetSpecRowsItem[];
}

export interface WidgetSpecFooBarManyItem {
  c?: string;
}

export interface WidgetSpecList {
  clashes?: string;
}

export interface WidgetSpecRowsItem extends ListMapItem<"id"> {
  cells?: { [key: string]: WidgetSpecRowsItemCellsValue };
  id: string;
}

export interface WidgetSpecRowsItemCellsValue {
  v?: number;
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

/** widgets of example.com/v1, for `cluster.resource()`. */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    widgets,
  },
};
