import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { Strategy } from "./strategy.ts";

/** By group and plural, such as `apps/deployments`, or the plural alone of the core group. */
const strategies: Readonly<Record<string, Strategy>> = {};

const none: Strategy = {};

/** What the server does with the objects of a resource in particular. */
export function strategyOf({ group, plural }: ResourceInfo): Strategy {
  return strategies[group === "" ? plural : `${group}/${plural}`] ?? none;
}
