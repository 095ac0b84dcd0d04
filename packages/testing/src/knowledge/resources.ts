import { resources as all } from "../gen/resources.ts";
import type { ResourceInfo } from "./resource-info.ts";

/** Which groups and versions a server serves: those that are on by default, or alpha and beta too. */
export type ServedApis = "default" | "all";

/** What such a server serves, in the order of discovery. */
export function resourcesOf(apis: ServedApis): readonly ResourceInfo[] {
  return apis === "all" ? all : all.filter((one) => one.byDefault);
}
