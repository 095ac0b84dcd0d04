import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { inKeptVersion, keptVersionOf } from "../objects/versions.ts";
import type { ApiObject } from "../store/api-object.ts";

/** An object in the version in which it is kept, which stands for the server's own: of that, Tables and metadata are made. */
export function asKept(object: ApiObject, resource: ResourceInfo): ApiObject {
  if (object.apiVersion === keptVersionOf(resource) || object.kind !== resource.kind) return object;
  return inKeptVersion({ ...object }, resource) as unknown as ApiObject;
}
