import { notAcceptable } from "../exchange/refusal.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Encodable } from "./encoding.ts";
import type { ShownAs } from "./negotiate.ts";
import { internalType, listMetadata, type Representation } from "./representation.ts";

/** An object reduced to its metadata. `version`: of meta.k8s.io. */
export function metadataOf({ metadata }: ApiObject, version: ShownAs["version"]): Encodable {
  return { kind: "PartialObjectMetadata", apiVersion: `meta.k8s.io/${version}`, metadata };
}

/** One object, or each of a watch, as PartialObjectMetadata. */
export function asMetadata(resource: ResourceInfo, version: ShownAs["version"]): Representation {
  const object = (one: ApiObject): Encodable => metadataOf(one, version);
  return {
    object,
    list() {
      const type = internalType(resource, resource.listKind ?? "");
      throw notAcceptable(`you requested PartialObjectMetadata, but the requested object is a list (${type})`);
    },
    events: () => () => ({ key: `metadata ${version}`, object }),
  };
}

/** A list as PartialObjectMetadataList. A watch that asks for it gets no events. */
export function asMetadataList(resource: ResourceInfo, version: ShownAs["version"]): Representation {
  return {
    object({ kind }) {
      const type = internalType(resource, kind);
      throw notAcceptable(`you requested PartialObjectMetadataList, but the requested object is not a list (${type})`);
    },
    list: (list) => ({
      head: {
        kind: "PartialObjectMetadataList",
        apiVersion: `meta.k8s.io/${version}`,
        metadata: listMetadata(list),
      },
      field: "items",
      items: list.objects.length === 0 ? null : list.objects.map((one) => metadataOf(one, version)),
    }),
    events: () => undefined,
  };
}
