import { type Fields, objectIn, objectsIn, textIn } from "../fields.ts";

/** What the rules of containers need to know of the pod around them. */
export interface PodParts {
  readonly spec: Fields;
  /** The volumes that are right, by name. */
  readonly volumes: ReadonlyMap<string, Fields>;
  /** What containers may claim. */
  readonly claimNames: ReadonlySet<string>;
}

/** Every container of a pod with its path, in the order in which the server looks at them. */
export function* containersOf(spec: Fields, at: string): Iterable<readonly [container: Fields, at: string]> {
  for (const field of ["initContainers", "containers", "ephemeralContainers"]) {
    const place = at === "" ? field : `${at}.${field}`;
    for (const [index, container] of objectsIn(spec, field).entries()) yield [container, `${place}[${index}]`];
  }
}

/** Where a pod's status tells of the containers of its spec. */
export const statusFields = {
  containers: "containerStatuses",
  initContainers: "initContainerStatuses",
  ephemeralContainers: "ephemeralContainerStatuses",
} as const;

/** What a pod's status says of a container; undefined where it says nothing. */
export function containerStatusOf(pod: Fields, name: string): Fields | undefined {
  const status = objectIn(pod, "status");
  return Object.values(statusFields)
    .flatMap((field) => objectsIn(status, field))
    .find((one) => textIn(one, "name") === name);
}
