import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { ServedGroup } from "./served-groups.ts";

const parameters = ["g=apidiscovery.k8s.io", "v=v2", "as=APIGroupDiscoveryList"];

/** What it is sent as. */
export const aggregatedType: string = ["application/json", ...parameters].join(";");

/** Whether it is among what a request accepts: it goes before all else then (k8s.io/apiserver pkg/endpoints/discovery/aggregated). */
export function wantsAggregated(accept = ""): boolean {
  return accept.split(",").some((type) => {
    const parts = type.split(";").map((part) => part.trim());
    return parts[0] === "application/json" && parameters.every((parameter) => parts.includes(parameter));
  });
}

/** Some groups with all that they serve (k8s.io/api apidiscovery/v2 APIGroupDiscoveryList), without its kind. */
export function aggregated(groups: readonly ServedGroup[]): object {
  return {
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: name === "" ? {} : { name },
      versions: versions.map(({ version, resources }) => ({
        version,
        resources: resources.map(resourceOf),
        freshness: "Current",
      })),
    })),
  };
}

function resourceOf(resource: ResourceInfo): object {
  const { plural, kind, namespaced, singular, verbs, shortNames, categories, subresources } = resource;
  return {
    resource: plural,
    responseKind: { group: "", version: "", kind },
    scope: namespaced ? "Namespaced" : "Cluster",
    singularResource: singular,
    verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(subresources.length === 0 ? {} : { subresources: subresources.map((one) => subresourceOf(one, resource)) }),
  };
}

function subresourceOf({ name, kind, verbs, ...kindOf }: SubresourceInfo, resource: ResourceInfo): object {
  const own = kindOf.group === resource.group && kindOf.version === resource.version;
  const { group, version } = own ? { group: "", version: "" } : kindOf;
  return { subresource: name, responseKind: { group, version, kind }, verbs };
}
