// Written by @kubewright/codegen from empty.example.com/v1. Do not edit.

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
  NoFields,
  Patches,
  Resource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface Shelf extends NamespacedObject {
  apiVersion?: "empty.example.com/v1";
  kind?: "Shelf";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec?: ShelfSpec;
}

/** ShelfList is a list of Shelf */
export interface ShelfList {
  apiVersion?: "empty.example.com/v1";
  kind?: "ShelfList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of shelves. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Shelf[];
}

export interface ShelfSpec {
  all?: { [key: string]: unknown };
  any?: unknown;
  free?: { [key: string]: unknown };
  inner?: ShelfSpecInner;
  list?: NoFields[];
  map?: { [key: string]: NoFields };
  object?: ShelfSpecObject;
  selfSigned?: NoFields | null;
  template?: ShelfSpecTemplate;
  values?: { [key: string]: unknown };
}

export interface ShelfSpecInner {
  empty?: NoFields;
  [key: string]: unknown;
}

export interface ShelfSpecObject {
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

export interface ShelfSpecTemplate {
  /** Of the template. */
  metadata?: NoFields;
}

/** The client of shelves within one namespace. */
export interface ShelfResource extends
    Gets<Shelf>,
    Lists<Shelf>,
    Tables,
    Watches<Shelf>,
    Creates<Shelf>,
    Updates<Shelf>,
    Modifies<Shelf>,
    Patches<Shelf>,
    Applies<Shelf>,
    Deletes<Shelf>,
    DeletesCollection<Shelf> {
  readonly metadata: MetadataClient;
}

/** shelves of empty.example.com/v1, for `cluster.resource()`. */
export const shelves: Resource<NamespacedCollection<Shelf, ShelfResource>> = {
  group: "empty.example.com", version: "v1", plural: "shelves", kind: "Shelf", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "shelf",
};

/** The client of empty.example.com/v1. */
export interface EmptyExampleComV1 {
  readonly shelves: NamespacedCollection<Shelf, ShelfResource>;
}

/** empty.example.com/v1, for `cluster.api(EmptyExampleComV1)`. */
export const EmptyExampleComV1: Group<EmptyExampleComV1> = {
  group: "empty.example.com", version: "v1",
  resources: {
    shelves,
  },
};
