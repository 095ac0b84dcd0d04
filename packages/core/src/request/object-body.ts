import { InputError } from "../errors/input-error.ts";
import { plainObject } from "../input/plain-object.ts";
import type { ObjectMeta } from "../gen/meta-v1.ts";
import { lateNamespace } from "./path.ts";
import { asText } from "./text.ts";
import type { KubernetesObject } from "../types/object.ts";
import { checkMicroTimes } from "./micro-times.ts";

/** What the body of a write must agree with. */
export interface BodyTarget {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined for cluster-scoped resources. */
  readonly namespace: string | typeof lateNamespace | undefined;
  /** Undefined where the object's own name decides. */
  readonly name?: string | undefined;
}

/**
 * The object as it is sent: `apiVersion`, `kind` and `metadata.namespace` filled in. A field that says something else than the
 * call is an error, for then one of the two was not meant. The caller's object stays untouched.
 */
export function objectBody(object: unknown, target: BodyTarget): KubernetesObject {
  const given = plainObject(object, "object") as KubernetesObject;
  const { apiVersion, kind, namespace, name } = target;
  agree("apiVersion", given.apiVersion, apiVersion);
  agree("kind", given.kind, kind);
  const metadata = metadataOf(given);
  agree("metadata.namespace", metadata?.namespace, namespace);
  agree("metadata.name", metadata?.name, name);
  checkMicroTimes(given, target);
  const body: KubernetesObject = { apiVersion, kind, ...given };
  body.apiVersion = apiVersion;
  body.kind = kind;
  // Where it is not known yet, the API server fills it in, and refuses another.
  if (typeof namespace === "string" && metadata !== undefined) body.metadata = { ...metadata, namespace };
  return body;
}

/** The object's metadata; undefined if it has none. */
export function metadataOf(object: KubernetesObject): ObjectMeta | undefined {
  return object.metadata === undefined ? undefined : (plainObject(object.metadata, "metadata") as ObjectMeta);
}

/** The name that the object says it has. */
export function nameOf(object: unknown): string {
  const name = metadataOf(plainObject(object, "object") as KubernetesObject)?.name;
  if (typeof name !== "string")
    throw new InputError("metadata.name", "it is needed here: it says which object is meant");
  return name;
}

/** Refuses a field that says something else than the call. An empty string counts as left out, as it does for the API server. */
export function agree(field: string, given: unknown, wanted: string | typeof lateNamespace | undefined): void {
  if (wanted === lateNamespace) return;
  if (given === undefined || asText(given, field) === "" || given === wanted) return;
  if (field === "metadata.name" && wanted === undefined) return;
  const fix =
    wanted === undefined ? "this resource lives outside namespaces" : `the call is for ${JSON.stringify(wanted)}`;
  throw new InputError(field, `the object says ${JSON.stringify(given)}, but ${fix}`);
}
