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
  NamespacedCollection,
  NamespacedObject,
  Patches,
  Resource,
  Stored,
  Tables,
  Updates,
  Watches,
} from "@kubewright/core";
import type { LabelSelector, ListMeta, ObjectMeta } from "../meta/v1.ts";

/** AggregationRule describes how to locate ClusterRoles to aggregate into the ClusterRole */
export interface AggregationRule {
  /**
   * ClusterRoleSelectors holds a list of selectors which will be used to find ClusterRoles and create the rules. If any
   * of the selectors match, then the ClusterRole's permissions will be added
   */
  clusterRoleSelectors?: LabelSelector[];
}

/**
 * ClusterRole is a cluster level, logical grouping of PolicyRules that can be referenced as a unit by a RoleBinding or
 * ClusterRoleBinding.
 */
export interface ClusterRole extends ClusterObject {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "ClusterRole";
  /** Standard object's metadata. */
  metadata?: ObjectMeta;
  /**
   * AggregationRule is an optional field that describes how to build the Rules for this ClusterRole. If AggregationRule
   * is set, then the Rules are controller managed and direct changes to Rules will be stomped by the controller.
   */
  aggregationRule?: AggregationRule;
  /** Rules holds all the PolicyRules for this ClusterRole */
  rules?: PolicyRule[];
}

/**
 * ClusterRoleBinding references a ClusterRole, but not contain it.  It can reference a ClusterRole in the global
 * namespace, and adds who information via Subject.
 */
export interface ClusterRoleBinding extends ClusterObject<"roleRef"> {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "ClusterRoleBinding";
  /** Standard object's metadata. */
  metadata?: ObjectMeta;
  /**
   * RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer
   * must return an error. This field is immutable.
   */
  roleRef: RoleRef;
  /** Subjects holds references to the objects the role applies to. */
  subjects?: Subject[];
}

/** ClusterRoleBindingList is a collection of ClusterRoleBindings */
export interface ClusterRoleBindingList {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "ClusterRoleBindingList";
  /** Standard object's metadata. */
  metadata?: ListMeta;
  /** Items is a list of ClusterRoleBindings */
  items: ClusterRoleBinding[];
}

/** ClusterRoleList is a collection of ClusterRoles */
export interface ClusterRoleList {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "ClusterRoleList";
  /** Standard object's metadata. */
  metadata?: ListMeta;
  /** Items is a list of ClusterRoles */
  items: ClusterRole[];
}

/**
 * PolicyRule holds information that describes a policy rule, but does not contain information about who the rule
 * applies to or which namespace the rule applies to.
 */
export interface PolicyRule {
  /**
   * APIGroups is the name of the APIGroup that contains the resources.  If multiple API groups are specified, any
   * action requested against one of the enumerated resources in any API group will be allowed. "" represents the core
   * API group and "*" represents all API groups.
   */
  apiGroups?: string[];
  /**
   * NonResourceURLs is a set of partial urls that a user should have access to.  *s are allowed, but only as the full,
   * final step in the path Since non-resource URLs are not namespaced, this field is only applicable for ClusterRoles
   * referenced from a ClusterRoleBinding. Rules can either apply to API resources (such as "pods" or "secrets") or
   * non-resource URL paths (such as "/api"),  but not both.
   */
  nonResourceURLs?: string[];
  /**
   * ResourceNames is an optional white list of names that the rule applies to.  An empty set means that everything is
   * allowed.
   */
  resourceNames?: string[];
  /** Resources is a list of resources this rule applies to. '*' represents all resources. */
  resources?: string[];
  /** Verbs is a list of Verbs that apply to ALL the ResourceKinds contained in this rule. '*' represents all verbs. */
  verbs: string[];
}

/** Role is a namespaced, logical grouping of PolicyRules that can be referenced as a unit by a RoleBinding. */
export interface Role extends NamespacedObject {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "Role";
  /** Standard object's metadata. */
  metadata?: ObjectMeta;
  /** Rules holds all the PolicyRules for this Role */
  rules?: PolicyRule[];
}

/**
 * RoleBinding references a role, but does not contain it.  It can reference a Role in the same namespace or a
 * ClusterRole in the global namespace. It adds who information via Subjects and namespace information by which
 * namespace it exists in.  RoleBindings in a given namespace only have effect in that namespace.
 */
export interface RoleBinding extends NamespacedObject<"roleRef"> {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "RoleBinding";
  /** Standard object's metadata. */
  metadata?: ObjectMeta;
  /**
   * RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef
   * cannot be resolved, the Authorizer must return an error. This field is immutable.
   */
  roleRef: RoleRef;
  /** Subjects holds references to the objects the role applies to. */
  subjects?: Subject[];
}

/** RoleBindingList is a collection of RoleBindings */
export interface RoleBindingList {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "RoleBindingList";
  /** Standard object's metadata. */
  metadata?: ListMeta;
  /** Items is a list of RoleBindings */
  items: RoleBinding[];
}

/** RoleList is a collection of Roles */
export interface RoleList {
  apiVersion?: "rbac.authorization.k8s.io/v1";
  kind?: "RoleList";
  /** Standard object's metadata. */
  metadata?: ListMeta;
  /** Items is a list of Roles */
  items: Role[];
}

/** RoleRef contains information that points to the role being used */
export interface RoleRef {
  /** Kind is the type of resource being referenced */
  kind: string;
  /** APIGroup is the group for the resource being referenced */
  apiGroup?: string;
  /** Name is the name of resource being referenced */
  name: string;
}

/**
 * Subject contains a reference to the object or user identities a role binding applies to.  This can either hold a
 * direct API object reference, or a value for non-objects such as user and group names.
 */
export interface Subject {
  /**
   * Kind of object being referenced. Values defined by this API group are "User", "Group", and "ServiceAccount". If the
   * Authorizer does not recognized the kind value, the Authorizer should report an error.
   */
  kind: string;
  /**
   * APIGroup holds the API group of the referenced subject. Defaults to "" for ServiceAccount subjects. Defaults to
   * "rbac.authorization.k8s.io" for User and Group subjects.
   */
  apiGroup?: string;
  /** Name of the object being referenced. */
  name: string;
  /**
   * Namespace of the referenced object.  If the object kind is non-namespace, such as "User" or "Group", and this value
   * is not empty the Authorizer should report an error.
   */
  namespace?: string;
}

/** The client of clusterrolebindings. */
export interface ClusterRoleBindingResource extends
    Gets<ClusterRoleBinding>,
    Lists<ClusterRoleBinding>,
    Tables,
    Watches<ClusterRoleBinding>,
    Creates<ClusterRoleBinding>,
    Updates<ClusterRoleBinding>,
    Modifies<ClusterRoleBinding>,
    Patches<ClusterRoleBinding, Stored<ClusterRoleBinding>, BuiltInPatch<ClusterRoleBinding>>,
    Applies<ClusterRoleBinding>,
    Deletes<ClusterRoleBinding>,
    DeletesCollection<ClusterRoleBinding> {
  readonly metadata: MetadataClient;
}

/** clusterrolebindings of rbac.authorization.k8s.io/v1, for `cluster.resource()`. */
export const clusterRoleBindings: Resource<ClusterRoleBindingResource> = {
  group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterrolebindings", kind: "ClusterRoleBinding", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "clusterrolebinding",
};

/** The client of clusterroles. */
export interface ClusterRoleResource extends
    Gets<ClusterRole>,
    Lists<ClusterRole>,
    Tables,
    Watches<ClusterRole>,
    Creates<ClusterRole>,
    Updates<ClusterRole>,
    Modifies<ClusterRole>,
    Patches<ClusterRole, Stored<ClusterRole>, BuiltInPatch<ClusterRole>>,
    Applies<ClusterRole>,
    Deletes<ClusterRole>,
    DeletesCollection<ClusterRole> {
  readonly metadata: MetadataClient;
}

/** clusterroles of rbac.authorization.k8s.io/v1, for `cluster.resource()`. */
export const clusterRoles: Resource<ClusterRoleResource> = {
  group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterroles", kind: "ClusterRole", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "clusterrole",
};

/** The client of rolebindings within one namespace. */
export interface RoleBindingResource extends
    Gets<RoleBinding>,
    Lists<RoleBinding>,
    Tables,
    Watches<RoleBinding>,
    Creates<RoleBinding>,
    Updates<RoleBinding>,
    Modifies<RoleBinding>,
    Patches<RoleBinding, Stored<RoleBinding>, BuiltInPatch<RoleBinding>>,
    Applies<RoleBinding>,
    Deletes<RoleBinding>,
    DeletesCollection<RoleBinding> {
  readonly metadata: MetadataClient;
}

/** rolebindings of rbac.authorization.k8s.io/v1, for `cluster.resource()`. */
export const roleBindings: Resource<NamespacedCollection<RoleBinding, RoleBindingResource>> = {
  group: "rbac.authorization.k8s.io", version: "v1", plural: "rolebindings", kind: "RoleBinding", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "rolebinding",
};

/** The client of roles within one namespace. */
export interface RoleResource extends
    Gets<Role>,
    Lists<Role>,
    Tables,
    Watches<Role>,
    Creates<Role>,
    Updates<Role>,
    Modifies<Role>,
    Patches<Role, Stored<Role>, BuiltInPatch<Role>>,
    Applies<Role>,
    Deletes<Role>,
    DeletesCollection<Role> {
  readonly metadata: MetadataClient;
}

/** roles of rbac.authorization.k8s.io/v1, for `cluster.resource()`. */
export const roles: Resource<NamespacedCollection<Role, RoleResource>> = {
  group: "rbac.authorization.k8s.io", version: "v1", plural: "roles", kind: "Role", namespaced: true,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "role",
};

/** The client of rbac.authorization.k8s.io/v1. */
export interface RbacV1 {
  readonly clusterRoleBindings: ClusterRoleBindingResource;
  readonly clusterRoles: ClusterRoleResource;
  readonly roleBindings: NamespacedCollection<RoleBinding, RoleBindingResource>;
  readonly roles: NamespacedCollection<Role, RoleResource>;
}

/** rbac.authorization.k8s.io/v1, for `cluster.api(RbacV1)`. */
export const RbacV1: Group<RbacV1> = {
  group: "rbac.authorization.k8s.io", version: "v1",
  resources: {
    clusterRoleBindings,
    clusterRoles,
    roleBindings,
    roles,
  },
};
