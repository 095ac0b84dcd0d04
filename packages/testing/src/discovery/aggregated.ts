import { parseAccept } from "../answers/accept.ts";
import type { AnswerEncoding } from "../answers/encoding.ts";
import { yamlType } from "../exchange/media-type.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { ServedGroup } from "./served-groups.ts";

const parameters = { g: "apidiscovery.k8s.io", v: "v2", as: "APIGroupDiscoveryList" } as const;

/** The media type as which it is sent in an encoding. */
export function aggregatedType({ mediaType }: AnswerEncoding): string {
  return [mediaType, ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)].join(";");
}

/**
 * The encoding in which it is asked for, among others as a rule: it goes before all else then (k8s.io/apiserver
 * pkg/endpoints/discovery/aggregated). Undefined for who does not ask for it.
 */
export function wantsAggregated(
  accept: string | undefined,
  encodings: readonly AnswerEncoding[],
): AnswerEncoding | undefined {
  for (const clause of parseAccept(accept ?? "")) {
    const isAsked = Object.entries(parameters).every(([name, value]) => clause.parameters.get(name) === value);
    const type = `${clause.type}/${clause.subtype}`;
    const found = encodings.find(({ mediaType }) => mediaType === type && mediaType !== yamlType);
    if (isAsked && found !== undefined) return found;
  }
  return undefined;
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
