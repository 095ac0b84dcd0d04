import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { ServedGroup, ServedVersion } from "./served-groups.ts";

// The documents that every server has had since 1.1 (k8s.io/apiserver pkg/endpoints/discovery, k8s.io/kube-aggregator pkg/apiserver).

/** The versions of the core group; `address` is where clients reach the server. */
export function coreVersions(address: string): object {
  return {
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: address }],
  };
}

/** Every group but the core one. */
export function groupList(groups: readonly ServedGroup[]): object {
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(versionsOf) };
}

/** One group. */
export function groupDocument(group: ServedGroup): object {
  return { kind: "APIGroup", apiVersion: "v1", ...versionsOf(group) };
}

function versionsOf({ name, versions }: ServedGroup): object {
  const named = versions.map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: named, preferredVersion: named[0] };
}

/** What one version serves. That of the core group has no apiVersion. */
export function resourceList({ name: group }: ServedGroup, { version, resources }: ServedVersion): object {
  return {
    kind: "APIResourceList",
    ...(group === "" ? {} : { apiVersion: "v1" }),
    groupVersion: apiVersionOf({ group, version }),
    resources: resources.flatMap((one) => [resourceOf(one), ...one.subresources.map((sub) => subresourceOf(sub, one))]),
  };
}

function resourceOf(resource: ResourceInfo): object {
  const { plural, singular, namespaced, kind, verbs, shortNames, categories, storageVersionHash } = resource;
  return {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(storageVersionHash === "" ? {} : { storageVersionHash }),
  };
}

function subresourceOf({ name, group, version, kind, verbs }: SubresourceInfo, resource: ResourceInfo): object {
  return {
    name: `${resource.plural}/${name}`,
    singularName: "",
    namespaced: resource.namespaced,
    ...(group === resource.group && version === resource.version ? {} : { group, version }),
    kind,
    verbs,
  };
}
