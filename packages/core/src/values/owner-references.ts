import { InputError } from "../errors/input-error.ts";
import { anObject } from "../input/plain-object.ts";
import type { OwnerReference } from "../gen/meta-v1.ts";

/** An object that owns others: what the server returned of it. */
export interface Owner {
  /** Group and version of the owner. */
  readonly apiVersion?: string | undefined;
  /** The owner's kind. */
  readonly kind?: string | undefined;
  /** The owner's name and uid; a fetched object has both. */
  readonly metadata?: { readonly name?: string | undefined; readonly uid?: string | undefined } | undefined;
}

/** An object that may be owned. */
export interface Owned {
  /** Where the references to owners are. */
  readonly metadata?: { readonly ownerReferences?: readonly Readonly<OwnerReference>[] | undefined } | undefined;
}

/** What kind of owner it is. */
export interface OwnerReferenceOptions {
  /** The one owner that manages the object, and reacts to it. Default false. */
  readonly controller?: boolean | undefined;
  /** A foreground deletion of the owner waits for the object. Default: as `controller`. */
  readonly blockOwnerDeletion?: boolean | undefined;
}

/**
 * The entry of `metadata.ownerReferences` that makes an object go when `owner` goes. The owner must be in the object's
 * namespace, or cluster-scoped. With `controller` it is as NewControllerRef of k8s.io/apimachinery pkg/apis/meta/v1 makes it.
 * @throws InputError if the owner does not come from the server: without a uid it would be collected as garbage at once.
 */
export function ownerReference(owner: Owner, options: OwnerReferenceOptions = {}): OwnerReference {
  const { controller = false, blockOwnerDeletion = controller } = anObject(options, "options");
  anObject(owner, "owner");
  const present = (field: string, value: string | undefined): string => {
    if (!value) throw new InputError(`owner.${field}`, "it is missing; pass the owner as the server returned it");
    return value;
  };
  return {
    apiVersion: present("apiVersion", owner.apiVersion),
    kind: present("kind", owner.kind),
    name: present("metadata.name", owner.metadata?.name),
    uid: present("metadata.uid", owner.metadata?.uid),
    ...(controller && { controller }),
    ...(blockOwnerDeletion && { blockOwnerDeletion }),
  };
}

/** The reference to the owner that controls the object, of which there is at most one; undefined if there is none. */
export function controllerOf(object: Owned): Readonly<OwnerReference> | undefined {
  return anObject(object, "object").metadata?.ownerReferences?.find((reference) => reference.controller === true);
}

/** True if `owner` is among the object's owners. The uid decides: a new object of the same name owns nothing of the old one's. */
export function isOwnedBy(object: Owned, owner: Owner): boolean {
  const uid = anObject(owner, "owner").metadata?.uid;
  return (
    !!uid && (anObject(object, "object").metadata?.ownerReferences?.some((reference) => reference.uid === uid) ?? false)
  );
}
