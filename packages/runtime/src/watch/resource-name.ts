import type { ResourceDescriptor } from "@kubewright/core";

/** The resource's name with its group, such as `deployments.apps`; `pods` in the core group. */
export function resourceName({ plural, group }: ResourceDescriptor): string {
  return group === "" ? plural : `${plural}.${group}`;
}
