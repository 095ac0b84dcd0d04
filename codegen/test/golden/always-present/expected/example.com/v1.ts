// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { ClusterObject, Gets, Group, Namespaced, NamespacedObject, Resource } from "kubewright";
import type { ObjectMeta } from "kubewright/meta/v1";

export interface Plain extends ClusterObject {
  data?: string;
}

export interface Widget extends NamespacedObject<"spec" | "status"> {
  apiVersion?: "example.com/v1";
  kind?: "Widget";
  metadata?: ObjectMeta;
  other?: WidgetStatus;
  spec?: WidgetStatus;
  status?: WidgetStatus;
}

export interface WidgetStatus {
  inner?: Plain;
}

/** The client of plains. */
export interface PlainResource extends Gets<Plain, Plain> {}

/** plains of example.com/v1, for `cluster.resource()`. */
export const plains: Resource<PlainResource> = {
  group: "example.com", version: "v1", plural: "plains", kind: "Plain", namespaced: false,
  verbs: ["get"],
};

/** The client of widgets within one namespace. */
export interface WidgetResource extends Gets<Widget, Widget> {}

/** widgets of example.com/v1, for `cluster.resource()`. */
export const widgets: Resource<Namespaced<WidgetResource>> = {
  group: "example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["get"],
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly plains: PlainResource;
  readonly widgets: Namespaced<WidgetResource>;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    plains,
    widgets,
  },
};
