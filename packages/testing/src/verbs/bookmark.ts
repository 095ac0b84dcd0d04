import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { typeOf } from "../knowledge/types.ts";
import { mergePatched } from "../objects/merge-patch.ts";
import { shaped } from "../objects/shape.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { WatchOutcome } from "./outcome.ts";

/** What conversion makes of nothing, for numbers and annotations that the server's own types always have. */
const ofNothing: Readonly<Record<string, object>> = {
  "apps/v1 DaemonSet": { metadata: { annotations: { "deprecated.daemonset.template.generation": "0" } } },
  "apps/v1 Deployment": { spec: { replicas: 0 } },
  "apps/v1 ReplicaSet": { spec: { replicas: 0 } },
  "apps/v1 StatefulSet": { spec: { replicas: 0 } },
};

/** An object that says a version and nothing else; what its type always prints stands as zero. */
export function bookmark(resource: ResourceInfo, revision: number, endOfState: boolean): WatchOutcome {
  const apiVersion = apiVersionOf(resource);
  const { kind } = resource;
  const annotations = endOfState ? { "k8s.io/initial-events-end": "true" } : undefined;
  const said = { kind, apiVersion, metadata: { resourceVersion: String(revision), annotations } };
  const type = typeOf(apiVersion, kind);
  const printed = type === undefined ? said : shaped(type, said);
  const more = ofNothing[`${apiVersion} ${kind}`];
  const object = more === undefined ? printed : mergePatched(printed, more);
  return { type: "BOOKMARK", object: object as ApiObject };
}
