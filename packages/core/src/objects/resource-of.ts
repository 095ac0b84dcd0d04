import { duringCall, InputError } from "../errors/input-error.ts";
import { plainObject } from "../input/plain-object.ts";
import { resourcePath } from "../request/path.ts";
import { optionsOf } from "../request/query.ts";
import { startDeadline } from "../time/deadline.ts";
import type { CustomResource } from "../types/capabilities.ts";
import type { KubernetesObject } from "../types/object.ts";
import type { CallOptions } from "../types/options.ts";
import { nameForMessages, type ObjectsContext } from "./objects-context.ts";

/** The resource that an object belongs to, in the object's namespace, and the object as that resource takes it. */
export interface Found {
  readonly resource: CustomResource<KubernetesObject>;
  readonly object: KubernetesObject;
}

/**
 * Makes a call on the resource that `object` says it belongs to, all within the call's time. A namespace on an object that lives
 * outside of them is dropped with a warning: kubectl drops it too, and the API server clears it (k8s.io/apiserver
 * pkg/registry/rest/create.go, BeforeCreate).
 */
export async function onResourceOf<O extends CallOptions, R>(
  context: ObjectsContext,
  verb: string,
  object: KubernetesObject,
  given: O | undefined,
  make: (found: Found, options: O) => Promise<R>,
): Promise<R> {
  const options = optionsOf(given) as O;
  const request = { verb, path: "/apis" };
  let end = (): void => {};
  try {
    const { apiVersion, kind, metadata } = plainObject(object, "object") as KubernetesObject;
    if (!apiVersion) throw new InputError("apiVersion", "it is needed here: it says what kind of object is meant");
    if (!kind) throw new InputError("kind", "it is needed here: it says what kind of object is meant");
    const deadline = startDeadline(context, options, request);
    end = deadline.end;
    const bound = { ...options, signal: deadline.signal, timeoutMs: Infinity };
    const found = await context.cluster.find<KubernetesObject>({ apiVersion, kind }, { signal: deadline.signal });
    const { namespaced } = found.resource;
    const resource = namespaced ? found.in(metadata?.namespace || undefined) : found;
    request.path = resourcePath(resource.resource, resource.namespace, metadata?.name);
    const placed = { resource, object: namespaced ? object : withoutNamespace(object, context) };
    return await make(placed, bound);
  } catch (error) {
    throw duringCall(error, request);
  } finally {
    end();
  }
}

function withoutNamespace(object: KubernetesObject, { warn }: ObjectsContext): KubernetesObject {
  const { namespace, ...metadata } = object.metadata ?? {};
  if (!namespace) return object;
  const name = nameForMessages({ ...object, metadata });
  warn(
    `${name}: metadata.namespace ${JSON.stringify(namespace)} is left out, since ${object.kind} lives outside namespaces`,
  );
  return { ...object, metadata };
}
