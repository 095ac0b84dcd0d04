// Written by @kubewright/codegen from core.example.com/v1. Do not edit.

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
  Subresource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { Scale } from "kubewright/autoscaling/v1";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

/** A widget. *\/ evil */
export interface Widget extends NamespacedObject {
  apiVersion?: "core.example.com/v1";
  kind?: "Widget";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /** What is wanted. */
  spec: WidgetSpec;
  status?: WidgetStatus;
}

/** WidgetList is a list of Widget */
export interface WidgetList {
  apiVersion?: "core.example.com/v1";
  kind?: "WidgetList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of widgets. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Widget[];
}

/** What is wanted. */
export interface WidgetSpec {
  anything?: unknown;
  bag?: WidgetSpecBag;
  labels?: { [key: string]: WidgetSpecLabelsValue };
  /** Pattern: `^a+$`. */
  maybe?: string | null;
  /** Rule: a must be there */
  one?: WidgetSpecOne;
  port?: number | string;
  ports?: WidgetSpecPortsItem[];
  /** Default: 1. Value: 0 to 10. */
  replicas?: number;
  /** How large. */
  size: "small" | "large" | (string & {});
  template?: WidgetSpecTemplate;
}

export interface WidgetSpecBag {
  known?: string;
  [key: string]: unknown;
}

export interface WidgetSpecLabelsValue {
  v?: string;
}

/** Rule: a must be there */
export interface WidgetSpecOne {
  a?: string;
  b?: number;
}

export interface WidgetSpecPortsItem extends ListMapItem<"name"> {
  name: string;
  targets?: WidgetSpecPortsItemTargetsItem[];
}

export interface WidgetSpecPortsItemTargetsItem {
  host?: string;
}

export interface WidgetSpecTemplate {
  /**
   * apiVersion defines the versioned schema of this representation of an object. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources
   */
  apiVersion: string;
  /**
   * kind is a string value representing the type of this object. In CamelCase. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  kind: string;
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  [key: string]: unknown;
}

export interface WidgetStatus {
  conditions?: WidgetStatusConditionsItem[];
}

export interface WidgetStatusConditionsItem extends ListMapItem<"type"> {
  status: string;
  type: string;
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
  readonly scale: Subresource<Scale>;
  readonly status: Subresource<Widget>;
}

/** widgets of core.example.com/v1, for `cluster.resource()`. */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "core.example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
  shortNames: ["wi"],
  categories: ["all"],
  subresources: {
    scale: { group: "autoscaling", version: "v1", kind: "Scale", verbs: ["get", "patch", "update"] },
    status: { group: "core.example.com", version: "v1", kind: "Widget", verbs: ["get", "patch", "update"] },
  },
};

/** The client of core.example.com/v1. */
export interface CoreExampleComV1 {
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** core.example.com/v1, for `cluster.api(CoreExampleComV1)`. */
export const CoreExampleComV1: Group<CoreExampleComV1> = {
  group: "core.example.com", version: "v1",
  resources: {
    widgets,
  },
};
