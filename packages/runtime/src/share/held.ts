import type { KubernetesObject, Stored } from "@kubewright/core";

/** An object of a shared watch, in its newest state. One instance stands for one state, whoever asks. */
export interface Held<V> {
  /** `namespace/name`, or `name` for what lives in no namespace. */
  readonly key: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** What is held of the object. */
  readonly value: V;
}

/** What is remembered of an object that is gone. */
export interface Deletion<V> {
  readonly key: string;
  readonly uid: string;
  /** The version of its deletion. */
  readonly resourceVersion: string;
  /** Its final state; undefined where that is not kept. */
  readonly last: V | undefined;
}

/** What a shared watch holds of each object. */
export interface Hold<V> {
  /** Watches are shared only between equal ids, so one id stands for one kind of value. */
  readonly id: string;
  /** What to hold of an object. */
  value(object: Stored<KubernetesObject>): V;
  /**
   * Whether two values of the same uid and resourceVersion are equal; a list that comes anew then keeps the old instance. They differ
   * where etcd was restored and counts anew, and where versions say nothing.
   */
  same(a: V, b: V): boolean;
  /** Whether what was deleted is remembered with its final state. Default: that it was deleted, of ten times as many. */
  readonly finalStates?: boolean | undefined;
}

/** What is held of an object. */
export function heldOf<V>(object: Stored<KubernetesObject>, hold: Hold<V>): Held<V> {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  const key = namespace === undefined ? name : `${namespace}/${name}`;
  return { key, namespace, name, uid, resourceVersion, value: hold.value(object) };
}
