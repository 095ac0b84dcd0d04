import { notAcceptable } from "../exchange/refusal.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { ApiObject, ObjectMetadata } from "../store/api-object.ts";
import { asKept } from "./as-kept.ts";
import type { Encodable } from "./encoding.ts";
import type { ShownAs } from "./negotiate.ts";
import { internalType, listMetadata, type Representation } from "./representation.ts";

/** An object reduced to its metadata. `version`: of meta.k8s.io. */
export function metadataOf(object: ApiObject, resource: ResourceInfo, version: ShownAs["version"]): Encodable {
  const { metadata } = asKept(object, resource);
  return {
    kind: "PartialObjectMetadata",
    apiVersion: `meta.k8s.io/${version}`,
    metadata: object.kind === "DaemonSet" ? withoutGeneration(metadata) : metadata,
  };
}

/** In the server's own version of a DaemonSet, this annotation is a field. */
const generationAnnotation = "deprecated.daemonset.template.generation";

function withoutGeneration({ annotations = {}, ...rest }: ObjectMetadata): object {
  const others = Object.entries(annotations).filter(([key]) => key !== generationAnnotation);
  return others.length === 0 ? rest : { ...rest, annotations: Object.fromEntries(others) };
}

/** One object, or each of a watch, as PartialObjectMetadata. */
export function asMetadata(resource: ResourceInfo, version: ShownAs["version"]): Representation {
  const object = (one: ApiObject): Encodable => metadataOf(one, resource, version);
  return {
    object,
    list() {
      const type = internalType(resource.group, resource.listKind ?? "");
      throw notAcceptable(`you requested PartialObjectMetadata, but the requested object is a list (${type})`);
    },
    events: () => () => ({ key: `metadata ${version}`, object }),
  };
}

/** A list as PartialObjectMetadataList. A watch that asks for it gets no events. */
export function asMetadataList(resource: ResourceInfo, version: ShownAs["version"]): Representation {
  return {
    object({ apiVersion, kind }) {
      const [group = "", hasGroup] = apiVersion.split("/");
      const type = internalType(hasGroup === undefined ? "" : group, kind);
      throw notAcceptable(`you requested PartialObjectMetadataList, but the requested object is not a list (${type})`);
    },
    list: (list) => ({
      head: {
        kind: "PartialObjectMetadataList",
        apiVersion: `meta.k8s.io/${version}`,
        metadata: listMetadata(list),
      },
      field: "items",
      items: list.objects.length === 0 ? null : list.objects.map((one) => metadataOf(one, resource, version)),
    }),
    events: () => undefined,
  };
}
