import { defaults } from "../gen/defaults.ts";
import { kinds, types } from "../gen/types.ts";
import type { DefaultRule } from "./default-rule.ts";
import type { ObjectType } from "./object-type.ts";
import { readType } from "./read-type.ts";

const read: (ObjectType | undefined)[] = [];
const places = new Map<ObjectType, number>();

function typeAt(index: number): ObjectType {
  const found = (read[index] ??= readType(types[index]!, typeAt));
  places.set(found, index);
  return found;
}

/**
 * The type of a kind: of any version of a served resource, its list and its subresources, and of meta.k8s.io and what belongs to v1.
 * Undefined for others.
 */
export function typeOf(apiVersion: string, kind: string): ObjectType | undefined {
  const key = `${apiVersion} ${kind}`;
  return Object.hasOwn(kinds, key) ? typeAt(kinds[key]!) : undefined;
}

/** What decoding fills into objects of a type, in the order in which it does; of those within only what no rule of their own says. */
export function defaultRulesOf(type: ObjectType): readonly DefaultRule[] {
  return defaults[places.get(type) ?? -1] ?? [];
}
