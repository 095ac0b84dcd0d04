// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

import type {
  Applies,
  BuiltInPatch,
  ClusterObject,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Group,
  Lists,
  MetadataClient,
  Modifies,
  Patches,
  Resource,
  Stored,
  Subresource,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { Condition, ListMeta, ObjectMeta } from "../meta/v1.ts";

/**
 * IPAddress represents a single IP of a single IP Family. The object is designed to be used by APIs that operate on IP
 * addresses. The object is used by the Service core API for allocation of IP addresses. An IP address can be
 * represented in different formats, to guarantee the uniqueness of the IP, the name of the object is the IP address in
 * canonical format, four decimal digits separated by dots suppressing leading zeros for IPv4 and the representation
 * defined by RFC 5952 for IPv6. Valid: 192.168.1.5 or 2001:db8::1 or 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1 Invalid:
 * 10.01.2.3 or 2001:db8:0:0:0::1
 */
export interface IPAddress extends ClusterObject<"spec"> {
  apiVersion?: "networking.k8s.io/v1beta1";
  kind?: "IPAddress";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /**
   * spec is the desired state of the IPAddress. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
   */
  spec: IPAddressSpec;
}

/** IPAddressList contains a list of IPAddress. */
export interface IPAddressList {
  apiVersion?: "networking.k8s.io/v1beta1";
  kind?: "IPAddressList";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** items is the list of IPAddresses. */
  items: IPAddress[];
}

/** IPAddressSpec describe the attributes in an IP Address. */
export interface IPAddressSpec {
  /**
   * ParentRef references the resource that an IPAddress is attached to. An IPAddress must reference a parent object.
   */
  parentRef: ParentReference;
}

/** ParentReference describes a reference to a parent object. */
export interface ParentReference {
  /** Group is the group of the object being referenced. */
  group?: string;
  /** Name is the name of the object being referenced. */
  name: string;
  /** Namespace is the namespace of the object being referenced. */
  namespace?: string;
  /** Resource is the resource of the object being referenced. */
  resource: string;
}

/**
 * ServiceCIDR defines a range of IP addresses using CIDR format (e.g. 192.168.0.0/24 or 2001:db2::/64). This range is
 * used to allocate ClusterIPs to Service objects.
 */
export interface ServiceCIDR extends ClusterObject<"spec" | "status"> {
  apiVersion?: "networking.k8s.io/v1beta1";
  kind?: "ServiceCIDR";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  /**
   * spec is the desired state of the ServiceCIDR. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
   */
  spec?: ServiceCIDRSpec;
  /**
   * status represents the current state of the ServiceCIDR. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#spec-and-status
   */
  status?: ServiceCIDRStatus;
}

/** ServiceCIDRList contains a list of ServiceCIDR objects. */
export interface ServiceCIDRList {
  apiVersion?: "networking.k8s.io/v1beta1";
  kind?: "ServiceCIDRList";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ListMeta;
  /** items is the list of ServiceCIDRs. */
  items: ServiceCIDR[];
}

/** ServiceCIDRSpec define the CIDRs the user wants to use for allocating ClusterIPs for Services. */
export interface ServiceCIDRSpec {
  /**
   * CIDRs defines the IP blocks in CIDR notation (e.g. "192.168.0.0/24" or "2001:db8::/64") from which to assign
   * service cluster IPs. Max of two CIDRs is allowed, one of each IP family. This field is immutable.
   */
  cidrs?: string[];
}

/** ServiceCIDRStatus describes the current state of the ServiceCIDR. */
export interface ServiceCIDRStatus {
  /** conditions holds an array of metav1.Condition that describe the state of the ServiceCIDR. Current service state */
  conditions?: Condition[];
}

/** The client of ipaddresses. */
export interface IPAddressResource extends
    Gets<IPAddress>,
    Lists<IPAddress>,
    Tables,
    Watches<IPAddress>,
    Creates<IPAddress>,
    Updates<IPAddress>,
    Modifies<IPAddress>,
    Patches<IPAddress, Stored<IPAddress>, BuiltInPatch<IPAddress>>,
    Applies<IPAddress>,
    Deletes<IPAddress>,
    DeletesCollection<IPAddress> {
  readonly metadata: MetadataClient;
}

/** ipaddresses of networking.k8s.io/v1beta1, for `cluster.resource()`. */
export const ipAddresses: Resource<IPAddressResource> = {
  group: "networking.k8s.io", version: "v1beta1", plural: "ipaddresses", kind: "IPAddress", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "ipaddress",
  shortNames: ["ip"],
};

/** The client of servicecidrs. */
export interface ServiceCIDRResource extends
    Gets<ServiceCIDR>,
    Lists<ServiceCIDR>,
    Tables,
    Watches<ServiceCIDR>,
    Creates<ServiceCIDR>,
    Updates<ServiceCIDR>,
    Modifies<ServiceCIDR>,
    Patches<ServiceCIDR, Stored<ServiceCIDR>, BuiltInPatch<ServiceCIDR>>,
    Applies<ServiceCIDR>,
    Deletes<ServiceCIDR>,
    DeletesCollection<ServiceCIDR> {
  readonly metadata: MetadataClient;
  readonly status: Subresource<ServiceCIDR, BuiltInPatch<ServiceCIDR>>;
}

/** servicecidrs of networking.k8s.io/v1beta1, for `cluster.resource()`. */
export const serviceCIDRs: Resource<ServiceCIDRResource> = {
  group: "networking.k8s.io", version: "v1beta1", plural: "servicecidrs", kind: "ServiceCIDR", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "servicecidr",
  subresources: {
    status: { group: "networking.k8s.io", version: "v1beta1", kind: "ServiceCIDR", verbs: ["get", "patch", "update"] },
  },
};

/** The client of networking.k8s.io/v1beta1. */
export interface NetworkingV1beta1 {
  readonly ipAddresses: IPAddressResource;
  readonly serviceCIDRs: ServiceCIDRResource;
}

/** networking.k8s.io/v1beta1, for `cluster.api(NetworkingV1beta1)`. */
export const NetworkingV1beta1: Group<NetworkingV1beta1> = {
  group: "networking.k8s.io", version: "v1beta1",
  resources: {
    ipAddresses,
    serviceCIDRs,
  },
};
