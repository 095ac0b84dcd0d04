import { type Fields, objectsIn } from "../fields.ts";

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
