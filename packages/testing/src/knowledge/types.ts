import { kinds, types } from "../gen/types.ts";
import type { ObjectType } from "./object-type.ts";
import { readType } from "./read-type.ts";

const read: (ObjectType | undefined)[] = [];

function typeAt(index: number): ObjectType {
  return (read[index] ??= readType(types[index]!, typeAt));
}

/**
 * The type of a kind: of any version of a served resource, its list and its subresources, and of meta.k8s.io and what belongs to v1.
 * Undefined for others.
 */
export function typeOf(apiVersion: string, kind: string): ObjectType | undefined {
  const key = `${apiVersion} ${kind}`;
  return Object.hasOwn(kinds, key) ? typeAt(kinds[key]!) : undefined;
}
