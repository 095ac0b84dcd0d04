// Written by @kubewright/codegen from Kubernetes v1.36.3. Do not edit.

export type {
  APIGroup,
  APIGroupList,
  APIResource,
  APIResourceList,
  APIVersions,
  Condition,
  DeleteOptions,
  FieldSelectorRequirement,
  GroupResource,
  GroupVersionForDiscovery,
  LabelSelector,
  LabelSelectorRequirement,
  ListMeta,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
  Preconditions,
  ServerAddressByClientCIDR,
  ShardInfo,
  Status,
  StatusCause,
  StatusDetails,
  VersionInfo,
} from "@kubewright/core/meta";

export type {
  List,
  PartialObjectMetadata,
  Table,
  TableColumnDefinition,
  TableRow,
  WatchEvent,
} from "@kubewright/core";
