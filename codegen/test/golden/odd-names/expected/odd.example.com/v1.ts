// Written by @kubewright/codegen from odd.example.com/v1. Do not edit.

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
  NamespacedCollection,
  NamespacedObject,
  NoFields as KubewrightNoFields,
  Patches,
  Resource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface My__Thing extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "My-Thing";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: My__ThingResource_;
  spec?: My__ThingSpec;
}

/** My-ThingList is a list of My-Thing */
export interface My__ThingList {
  apiVersion?: "odd.example.com/v1";
  kind?: "My-ThingList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /**
   * List of my-things. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md
   */
  items: My__Thing[];
}

export interface My__ThingResource_ {
  a?: string;
}

export interface My__ThingSpec {
  __proto__?: number;
  constructor?: My__ThingSpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface My__ThingSpecConstructor {
  a?: string;
}

export interface NoFields extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "NoFields";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  spec?: KubewrightNoFields;
}

/** NoFieldsList is a list of NoFields */
export interface NoFieldsList {
  apiVersion?: "odd.example.com/v1";
  kind?: "NoFieldsList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /**
   * List of nofields. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md
   */
  items: NoFields[];
}

export interface Object extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "Object";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: ObjectResource_;
  spec?: ObjectSpec;
}

/** ObjectList is a list of Object */
export interface ObjectList {
  apiVersion?: "odd.example.com/v1";
  kind?: "ObjectList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of objects. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Object[];
}

export interface ObjectResource_ {
  a?: string;
}

export interface ObjectSpec {
  __proto__?: number;
  constructor?: ObjectSpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface ObjectSpecConstructor {
  a?: string;
}

/** OddExampleComV1List is a list of OddExampleComV1 */
export interface OddExampleComV1List {
  apiVersion?: "odd.example.com/v1";
  kind?: "OddExampleComV1List";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /**
   * List of oddexamplecomv1s. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md
   */
  items: OddExampleComV1_[];
}

export interface OddExampleComV1Resource_ {
  a?: string;
}

export interface OddExampleComV1Spec {
  __proto__?: number;
  constructor?: OddExampleComV1SpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface OddExampleComV1SpecConstructor {
  a?: string;
}

export interface OddExampleComV1_ extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "OddExampleComV1";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: OddExampleComV1Resource_;
  spec?: OddExampleComV1Spec;
}

export interface Widget extends NamespacedObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "Widget";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: {
    a?: string;
  };
  spec?: WidgetSpec;
}

/** WidgetList is a list of Widget */
export interface WidgetList {
  apiVersion?: "odd.example.com/v1";
  kind?: "WidgetList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of widgets. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Widget[];
}

/** WidgetResourceList is a list of WidgetResource */
export interface WidgetResourceList {
  apiVersion?: "odd.example.com/v1";
  kind?: "WidgetResourceList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /**
   * List of widgetresources. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md
   */
  items: WidgetResource_[];
}

export interface WidgetResourceResource_ {
  a?: string;
}

export interface WidgetResourceSpec {
  __proto__?: number;
  constructor?: WidgetResourceSpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface WidgetResourceSpecConstructor {
  a?: string;
}

export interface WidgetResource_ extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "WidgetResource";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: WidgetResourceResource_;
  spec?: WidgetResourceSpec;
}

export interface WidgetSpec {
  __proto__?: number;
  constructor?: WidgetSpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface WidgetSpecConstructor {
  a?: string;
}

/** classList is a list of class */
export interface classList {
  apiVersion?: "odd.example.com/v1";
  kind?: "classList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of classes. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: class_[];
}

export interface classResource_ {
  a?: string;
}

export interface classSpec {
  __proto__?: number;
  constructor?: classSpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface classSpecConstructor {
  a?: string;
}

export interface class_ extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "class";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: classResource_;
  spec?: classSpec;
}

/** stringList is a list of string */
export interface stringList {
  apiVersion?: "odd.example.com/v1";
  kind?: "stringList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of strings. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: string_[];
}

export interface stringResource_ {
  a?: string;
}

export interface stringSpec {
  __proto__?: number;
  constructor?: stringSpecConstructor | {}["constructor"];
  count?: number;
  /** Its own. */
  hasOwnProperty?: string | {}["hasOwnProperty"];
  mix?: 1 | "auto" | (number & {}) | (string & {});
  toString?: boolean | {}["toString"];
  valueOf?: "a" | (string & {}) | {}["valueOf"];
}

export interface stringSpecConstructor {
  a?: string;
}

export interface string_ extends ClusterObject {
  apiVersion?: "odd.example.com/v1";
  kind?: "string";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  resource?: stringResource_;
  spec?: stringSpec;
}

/** The client of classes. */
export interface classResource extends
    Gets<class_>,
    Lists<class_>,
    Tables,
    Watches<class_>,
    Creates<class_>,
    Updates<class_>,
    Modifies<class_>,
    Patches<class_>,
    Applies<class_>,
    Deletes<class_>,
    DeletesCollection<class_> {
  readonly metadata: MetadataClient;
}

/** classes of odd.example.com/v1, for `cluster.resource()`. */
export const classes: Resource<classResource> = {
  group: "odd.example.com", version: "v1", plural: "classes", kind: "class", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "class",
};

/** The client of my-things. */
export interface My__ThingResource extends
    Gets<My__Thing>,
    Lists<My__Thing>,
    Tables,
    Watches<My__Thing>,
    Creates<My__Thing>,
    Updates<My__Thing>,
    Modifies<My__Thing>,
    Patches<My__Thing>,
    Applies<My__Thing>,
    Deletes<My__Thing>,
    DeletesCollection<My__Thing> {
  readonly metadata: MetadataClient;
}

/** my-things of odd.example.com/v1, for `cluster.resource()`. */
export const myThings: Resource<My__ThingResource> = {
  group: "odd.example.com", version: "v1", plural: "my-things", kind: "My-Thing", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "my-thing",
};

/** The client of nofields. */
export interface NoFieldsResource extends
    Gets<NoFields>,
    Lists<NoFields>,
    Tables,
    Watches<NoFields>,
    Creates<NoFields>,
    Updates<NoFields>,
    Modifies<NoFields>,
    Patches<NoFields>,
    Applies<NoFields>,
    Deletes<NoFields>,
    DeletesCollection<NoFields> {
  readonly metadata: MetadataClient;
}

/** nofields of odd.example.com/v1, for `cluster.resource()`. */
export const noFields: Resource<NoFieldsResource> = {
  group: "odd.example.com", version: "v1", plural: "nofields", kind: "NoFields", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "nofields",
};

/** The client of objects. */
export interface ObjectResource extends
    Gets<Object>,
    Lists<Object>,
    Tables,
    Watches<Object>,
    Creates<Object>,
    Updates<Object>,
    Modifies<Object>,
    Patches<Object>,
    Applies<Object>,
    Deletes<Object>,
    DeletesCollection<Object> {
  readonly metadata: MetadataClient;
}

/** objects of odd.example.com/v1, for `cluster.resource()`. */
export const objects: Resource<ObjectResource> = {
  group: "odd.example.com", version: "v1", plural: "objects", kind: "Object", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "object",
};

/** The client of oddexamplecomv1s. */
export interface OddExampleComV1Resource extends
    Gets<OddExampleComV1_>,
    Lists<OddExampleComV1_>,
    Tables,
    Watches<OddExampleComV1_>,
    Creates<OddExampleComV1_>,
    Updates<OddExampleComV1_>,
    Modifies<OddExampleComV1_>,
    Patches<OddExampleComV1_>,
    Applies<OddExampleComV1_>,
    Deletes<OddExampleComV1_>,
    DeletesCollection<OddExampleComV1_> {
  readonly metadata: MetadataClient;
}

/** oddexamplecomv1s of odd.example.com/v1, for `cluster.resource()`. */
export const oddExampleComV1s: Resource<OddExampleComV1Resource> = {
  group: "odd.example.com", version: "v1", plural: "oddexamplecomv1s", kind: "OddExampleComV1", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "oddexamplecomv1",
};

/** The client of strings. */
export interface stringResource extends
    Gets<string_>,
    Lists<string_>,
    Tables,
    Watches<string_>,
    Creates<string_>,
    Updates<string_>,
    Modifies<string_>,
    Patches<string_>,
    Applies<string_>,
    Deletes<string_>,
    DeletesCollection<string_> {
  readonly metadata: MetadataClient;
}

/** strings of odd.example.com/v1, for `cluster.resource()`. */
export const strings: Resource<stringResource> = {
  group: "odd.example.com", version: "v1", plural: "strings", kind: "string", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "string",
};

/** The client of widgetresources. */
export interface WidgetResourceResource extends
    Gets<WidgetResource_>,
    Lists<WidgetResource_>,
    Tables,
    Watches<WidgetResource_>,
    Creates<WidgetResource_>,
    Updates<WidgetResource_>,
    Modifies<WidgetResource_>,
    Patches<WidgetResource_>,
    Applies<WidgetResource_>,
    Deletes<WidgetResource_>,
    DeletesCollection<WidgetResource_> {
  readonly metadata: MetadataClient;
}

/** widgetresources of odd.example.com/v1, for `cluster.resource()`. */
export const widgetResources: Resource<WidgetResourceResource> = {
  group: "odd.example.com", version: "v1", plural: "widgetresources", kind: "WidgetResource", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widgetresource",
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

/** widgets of odd.example.com/v1, for `cluster.resource()`. */
export const widgets: Resource<NamespacedCollection<Widget, WidgetResource>> = {
  group: "odd.example.com", version: "v1", plural: "widgets", kind: "Widget", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "widget",
};

/** The client of odd.example.com/v1. */
export interface OddExampleComV1 {
  readonly classes: classResource;
  readonly myThings: My__ThingResource;
  readonly noFields: NoFieldsResource;
  readonly objects: ObjectResource;
  readonly oddExampleComV1s: OddExampleComV1Resource;
  readonly strings: stringResource;
  readonly widgetResources: WidgetResourceResource;
  readonly widgets: NamespacedCollection<Widget, WidgetResource>;
}

/** odd.example.com/v1, for `cluster.api(OddExampleComV1)`. */
export const OddExampleComV1: Group<OddExampleComV1> = {
  group: "odd.example.com", version: "v1",
  resources: {
    classes,
    myThings,
    noFields,
    objects,
    oddExampleComV1s,
    strings,
    widgetResources,
    widgets,
  },
};
