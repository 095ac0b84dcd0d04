import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { listMetadata, type Representation } from "./representation.ts";

/** Objects as they are. */
export function asItIs(resource: ResourceInfo): Representation {
  const apiVersion = apiVersionOf(resource);
  return {
    object: (object) => object,
    list: (list) => ({
      head: { kind: resource.listKind ?? `${resource.kind}List`, apiVersion, metadata: listMetadata(list) },
      field: "items",
      // Items stand in a list without what all have in common.
      items: map(list.objects, ({ apiVersion: _version, kind: _kind, ...rest }) => rest),
    }),
    events: () => () => ({ key: apiVersion, object: (object) => object }),
  };
}

function* map<From, To>(list: Iterable<From>, change: (from: From) => To): Generator<To, undefined> {
  for (const one of list) yield change(one);
}
