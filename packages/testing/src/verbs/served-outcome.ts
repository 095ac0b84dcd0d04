import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { inServedVersion, keptVersionOf } from "../objects/versions.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Outcome, WatchOutcome } from "./outcome.ts";

/** An outcome with its objects in the version that the call is about. */
export function servedOutcome(outcome: Outcome, resource: ResourceInfo): Outcome {
  if (keptVersionOf(resource) === apiVersionOf(resource)) return outcome;
  switch (outcome.kind) {
    case "object":
      return { ...outcome, object: inServedVersion(outcome.object, resource) };
    case "list": {
      const objects = outcome.list.objects.map((object) => inServedVersion(object, resource));
      return { ...outcome, list: { ...outcome.list, objects } };
    }
    case "watch":
      return { ...outcome, events: served(outcome.events, resource) };
    default:
      return outcome;
  }
}

async function* served(events: AsyncIterable<WatchOutcome>, resource: ResourceInfo): AsyncGenerator<WatchOutcome> {
  for await (const { type, object } of events)
    yield { type, object: type === "ERROR" ? object : inServedVersion(object as ApiObject, resource) };
}
