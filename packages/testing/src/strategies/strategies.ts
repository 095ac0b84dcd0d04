import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { Strategy } from "./strategy.ts";

/** By group and plural, such as `apps/deployments`, or the plural alone of the core group; behind it `/status` and the like. */
const strategies: Readonly<Record<string, Strategy>> = {};

const none: Strategy = {};

/** What the server does with the objects of a resource, or by one of its subresources, in particular. */
export function strategyOf({ group, plural }: ResourceInfo, subresource?: SubresourceInfo): Strategy {
  const resource = group === "" ? plural : `${group}/${plural}`;
  return strategies[subresource === undefined ? resource : `${resource}/${subresource.name}`] ?? none;
}
