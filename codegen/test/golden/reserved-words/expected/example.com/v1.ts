// Written by @kubewright/codegen from example.com/v1. Do not edit.

import type { Gets, Group, Namespaced, NamespacedObject, Resource } from "kubewright";

export interface BigWidget extends NamespacedObject {
  delete?: string;
}

export interface New extends NamespacedObject {
  a?: string;
}

/** The client of big-widgets within one namespace. */
export interface BigWidgetResource extends Gets<BigWidget, BigWidget> {}

/** big-widgets of example.com/v1, for `cluster.resource()`. */
export const bigWidgets: Resource<Namespaced<BigWidgetResource>> = {
  group: "example.com", version: "v1", plural: "big-widgets", kind: "BigWidget", namespaced: true,
  verbs: ["get"],
};

/** The client of new within one namespace. */
export interface NewResource extends Gets<New, New> {}

/** new of example.com/v1, for `cluster.resource()`. */
export const new_: Resource<Namespaced<NewResource>> = {
  group: "example.com", version: "v1", plural: "new", kind: "New", namespaced: true,
  verbs: ["get"],
};

/** The client of example.com/v1. */
export interface ExampleComV1 {
  readonly bigWidgets: Namespaced<BigWidgetResource>;
  readonly new: Namespaced<NewResource>;
}

/** example.com/v1, for `cluster.api(ExampleComV1)`. */
export const ExampleComV1: Group<ExampleComV1> = {
  group: "example.com", version: "v1",
  resources: {
    bigWidgets,
    new: new_,
  },
};
