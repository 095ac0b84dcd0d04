import { anObject, isPlainObject } from "../input/plain-object.ts";
import { checkDescriptor } from "../request/descriptor.ts";
import { apiVersionOf } from "../request/path.ts";
import type { KindView } from "../types/capabilities.ts";
import type { client, Resource, ResourceDescriptor } from "../types/descriptor.ts";
import type { Identified, KubernetesObject } from "../types/object.ts";
import { kindOf, metaKind, type Target } from "./target.ts";

/**
 * Tells whether an object is of a resource's kind, by its apiVersion and kind, and narrows it: `is(CoreV1.resources.pods, object)`,
 * or with a client, `is(pods, object)`. It looks at nothing else of the object, and of what only the server fills in it claims nothing:
 * an object that was stored stays a `Stored` one.
 * @param resource a generated descriptor, one by hand, or any client of it
 * @param object anything, such as an object that was found by discovery, an event's, or a part of a request
 * @throws InputError for what is neither a descriptor nor a client
 *
 * @example
 * const object = await cluster.get({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } });
 * if (is(AppsV1.resources.deployments, object)) console.log(object.spec?.replicas);
 */
export function is<T = KubernetesObject>(
  resource: KindView<T> | Resource<KindView<T>> | (ResourceDescriptor & { readonly [client]?: undefined }),
  object: unknown,
): object is Identified<T> {
  const { group, version, kind } = kindBehind(resource);
  return isPlainObject(object) && object["apiVersion"] === apiVersionOf({ group, version }) && object["kind"] === kind;
}

function kindBehind(given: KindView<unknown> | ResourceDescriptor) {
  const { target, resource = given } = anObject(given, "resource") as Partial<KindView<unknown>> & {
    readonly target?: Target;
  };
  checkDescriptor(resource, "resource");
  if (target === undefined) return resource as ResourceDescriptor;
  return target.metadataOnly === true ? metaKind("PartialObjectMetadata") : kindOf(target);
}
