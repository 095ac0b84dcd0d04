import type { ApiObject } from "../store/api-object.ts";
import type { ListOutcome } from "../verbs/outcome.ts";
import type { Encodable, ListParts } from "./encoding.ts";

/** How objects are shown: as they are, or in a shape that the API machinery has for any. */
export interface Representation {
  /** @throws Refusal, 406, where it has none for one object */
  object(object: ApiObject): Encodable;
  /** @throws Refusal, 406, where it has none for lists */
  list(list: ListOutcome): ListParts;
  /** Begins a watch; gives what is called for each event, for the first may differ from the rest. Undefined where it has no events. */
  events(): (() => EventRepresentation) | undefined;
}

/** How the object of an event is shown. */
export interface EventRepresentation {
  /** Equal for all watches that show the object equally. */
  readonly key: string;
  object(object: ApiObject): Encodable;
}

/** The metadata of a list in any shape. */
export function listMetadata(list: ListOutcome): Readonly<Record<string, unknown>> {
  return {
    ...(list.resourceVersion === "" ? {} : { resourceVersion: list.resourceVersion }),
    ...(list.continue === undefined ? {} : { continue: list.continue }),
    ...(list.remaining === undefined ? {} : { remainingItemCount: list.remaining }),
  };
}

/** What Go's package with the internal types of a group is called, where that is not the first part of the group's name. */
const packages: Readonly<Record<string, string>> = {
  "": "core",
  "events.k8s.io": "core",
  "internal.apiserver.k8s.io": "apiserverinternal",
  "rbac.authorization.k8s.io": "rbac",
};

/** The type of an object or list as Go's errors name it: `*core.PodList`. */
export function internalType(group: string, kind: string): string {
  return `*${packages[group] ?? group.split(".")[0]!}.${kind}`;
}
