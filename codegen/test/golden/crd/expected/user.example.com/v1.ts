// Written by @kubewright/codegen from user.example.com/v1. Do not edit.

import type {
  Applies,
  ClusterObject,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Group as KubewrightGroup,
  Lists,
  MetadataClient,
  Modifies,
  Patches,
  Resource,
  Tables,
  Updates,
  Watches,
} from "kubewright";
import type { ListMeta, ObjectMeta } from "kubewright/meta/v1";

export interface Group extends ClusterObject {
  apiVersion?: "user.example.com/v1";
  kind?: "Group";
  /**
   * Standard object's metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
   */
  metadata?: ObjectMeta;
  users?: string[];
}

/** GroupList is a list of Group */
export interface GroupList {
  apiVersion?: "user.example.com/v1";
  kind?: "GroupList";
  /**
   * Standard list metadata. More info:
   * https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
   */
  metadata?: ListMeta;
  /** List of groups. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md */
  items: Group[];
}

/** The client of groups. */
export interface GroupResource extends
    Gets<Group>,
    Lists<Group>,
    Tables,
    Watches<Group>,
    Creates<Group>,
    Updates<Group>,
    Modifies<Group>,
    Patches<Group>,
    Applies<Group>,
    Deletes<Group>,
    DeletesCollection<Group> {
  readonly metadata: MetadataClient;
}

/** groups of user.example.com/v1, for `cluster.resource()`. */
export const groups: Resource<GroupResource> = {
  group: "user.example.com", version: "v1", plural: "groups", kind: "Group", namespaced: false,
  verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
  singular: "group",
};

/** The client of user.example.com/v1. */
export interface UserExampleComV1 {
  readonly groups: GroupResource;
}

/** user.example.com/v1, for `cluster.api(UserExampleComV1)`. */
export const UserExampleComV1: KubewrightGroup<UserExampleComV1> = {
  group: "user.example.com", version: "v1",
  resources: {
    groups,
  },
};
