// Written by @kubewright/codegen from default.example.com/v1. Do not edit.

import type {
  Applies,
  ClusterObject,
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
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface Gate extends NamespacedObject<"limits" | "policy", Gate_Stored> {
  apiVersion?: "default.example.com/v1";
  kind?: "Gate";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /** Default: {"cpu":"1"}. */
  limits?: GateLimits;
  /** Default: "Keep". */
  policy?: string;
  spec: GateSpec;
  status?: GateStatus;
}

/** {@link Gate} as the server returns it, with what it fills in. */
export interface Gate_Stored extends Gate {
  /** Default: "Keep". */
  get policy(): string;
  set policy(value: Gate["policy"]);
  get spec(): GateSpec_Stored;
  set spec(value: Gate["spec"]);
  status?: GateStatus_Stored;
}

/** Default: {"cpu":"1"}. */
export interface GateLimits {
  cpu?: string;
}

/** GateList is a list of Gate */
export interface GateList {
  apiVersion?: "default.example.com/v1";
  kind?: "GateList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of gates. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Gate[];
}

export interface GateSpec {
  /** Default: {"way":"in"}. */
  deep?: GateSpecDeep;
  /**
   * The mode.
   *
   * Default: "Auto".
   */
  mode?: "Auto" | "Manual" | (string & {});
  named?: { [key: string]: GateSpecNamedValue };
  /** Default: "". */
  none?: string;
  nothing: string | null;
  /** Default: false. */
  on?: boolean;
  ports?: GateSpecPortsItem[];
  rows?: GateSpecRowsItem[];
  size: number;
  /** Default: 0. */
  zero?: number;
}

/** {@link GateSpec} as the server returns it, with what it fills in. */
export interface GateSpec_Stored extends GateSpec {
  /** Default: {"way":"in"}. */
  get deep(): GateSpecDeep_Stored;
  set deep(value: GateSpec["deep"]);
  /**
   * The mode.
   *
   * Default: "Auto".
   */
  get mode(): "Auto" | "Manual" | (string & {});
  set mode(value: GateSpec["mode"]);
  named?: { [key: string]: GateSpecNamedValue_Stored };
  /** Default: "". */
  get none(): string;
  set none(value: GateSpec["none"]);
  /** Default: false. */
  get on(): boolean;
  set on(value: GateSpec["on"]);
  ports?: GateSpecPortsItem_Stored[];
  rows?: GateSpecRowsItem_Stored[];
  /** Default: 0. */
  get zero(): number;
  set zero(value: GateSpec["zero"]);
}

/** Default: {"way":"in"}. */
export interface GateSpecDeep {
  /** Default: "x". */
  more?: string;
  /** Default: "in". */
  way?: string;
}

/** {@link GateSpecDeep} as the server returns it, with what it fills in. */
export interface GateSpecDeep_Stored extends GateSpecDeep {
  /** Default: "in". */
  get way(): string;
  set way(value: GateSpecDeep["way"]);
}

export interface GateSpecNamedValue {
  /** Default: "red". */
  color?: string;
}

/** {@link GateSpecNamedValue} as the server returns it, with what it fills in. */
export interface GateSpecNamedValue_Stored extends GateSpecNamedValue {
  /** Default: "red". */
  get color(): string;
  set color(value: GateSpecNamedValue["color"]);
}

export interface GateSpecPortsItem extends ListMapItem<"port"> {
  port: number;
  /** Default: "TCP". */
  protocol?: string;
}

/** {@link GateSpecPortsItem} as the server returns it, with what it fills in. */
export interface GateSpecPortsItem_Stored extends GateSpecPortsItem {
  /** Default: "TCP". */
  get protocol(): string;
  set protocol(value: GateSpecPortsItem["protocol"]);
}

export interface GateSpecRowsItem {
  /** Default: "red". */
  color?: string;
  name: string;
}

/** {@link GateSpecRowsItem} as the server returns it, with what it fills in. */
export interface GateSpecRowsItem_Stored extends GateSpecRowsItem {
  /** Default: "red". */
  get color(): string;
  set color(value: GateSpecRowsItem["color"]);
}

export interface GateStatus {
  /** Default: "New". */
  phase?: string;
}

/** {@link GateStatus} as the server returns it, with what it fills in. */
export interface GateStatus_Stored extends GateStatus {
  /** Default: "New". */
  get phase(): string;
  set phase(value: GateStatus["phase"]);
}

export interface Plain extends ClusterObject<"b"> {
  apiVersion?: "default.example.com/v1";
  kind?: "Plain";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  a: string;
  /** Default: "c". */
  b?: string;
}

/** PlainList is a list of Plain */
export interface PlainList {
  apiVersion?: "default.example.com/v1";
  kind?: "PlainList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of plains. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Plain[];
}

/** The client of gates within one namespace. */
export interface GateResource extends
    Gets<Gate>,
    Lists<Gate>,
    Tables,
    Watches<Gate>,
    Creates<Gate>,
    Updates<Gate>,
    Modifies<Gate>,
    Patches<Gate>,
    Applies<Gate>,
    Deletes<Gate>,
    DeletesCollection<Gate> {
  readonly metadata: MetadataClient;
  readonly status: Subresource<Gate>;
}

/** gates of default.example.com/v1, for `cluster.resource()`. */
export const gates: Resource<NamespacedCollection<Gate, GateResource>> = {
  group: "default.example.com", version: "v1", plural: "gates", kind: "Gate", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "gate",
  subresources: {
    status: { group: "default.example.com", version: "v1", kind: "Gate", verbs: ["get", "patch", "update"] },
  },
};

/** The client of plains. */
export interface PlainResource extends
    Gets<Plain>,
    Lists<Plain>,
    Tables,
    Watches<Plain>,
    Creates<Plain>,
    Updates<Plain>,
    Modifies<Plain>,
    Patches<Plain>,
    Applies<Plain>,
    Deletes<Plain>,
    DeletesCollection<Plain> {
  readonly metadata: MetadataClient;
}

/** plains of default.example.com/v1, for `cluster.resource()`. */
export const plains: Resource<PlainResource> = {
  group: "default.example.com", version: "v1", plural: "plains", kind: "Plain", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "plain",
};

/** The client of default.example.com/v1. */
export interface DefaultExampleComV1 {
  readonly gates: NamespacedCollection<Gate, GateResource>;
  readonly plains: PlainResource;
}

/** default.example.com/v1, for `cluster.api(DefaultExampleComV1)`. */
export const DefaultExampleComV1: Group<DefaultExampleComV1> = {
  group: "default.example.com", version: "v1",
  resources: {
    gates,
    plains,
  },
};
