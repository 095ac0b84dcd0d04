import type { DefaultCondition, DefaultRule } from "../knowledge/default-rule.ts";
import type { Field, ObjectType, Value } from "../knowledge/object-type.ts";
import { defaultRulesOf } from "../knowledge/types.ts";
import { equalValues } from "./equal-values.ts";
import { specialDefaults } from "./special-defaults.ts";

type Fields = Record<string, unknown>;

/**
 * Fills in, in place, what the API server's decoding does: defaults, and what the way through its form without a version brings along.
 * The object has the shape of its type already, and quantities are canonical.
 */
export function applyDefaults(type: ObjectType, object: Fields): void {
  for (const rule of defaultRulesOf(type)) applyRule(rule, type, object);
  specialDefaults[type.schema]?.(object);
  for (const [name, { value }] of type.fields) {
    const inner = innermost(value);
    if (inner.is === "object" && hasDefaults(inner.type)) {
      for (const one of objectsIn(object[name], value)) applyDefaults(inner.type, one);
    }
  }
  // Once more those about objects that were only filled in meanwhile.
  for (const rule of defaultRulesOf(type)) if (rule.set.length > 2) applyRule(rule, type, object);
}

const known = new Map<ObjectType, boolean>();

/** Whether anything is ever filled into objects of a type, or into those within. */
function hasDefaults(type: ObjectType): boolean {
  const found = known.get(type);
  if (found !== undefined) return found;
  // For a type that holds itself: what it holds is no reason of its own.
  known.set(type, false);
  const has =
    defaultRulesOf(type).length > 0 ||
    Object.hasOwn(specialDefaults, type.schema) ||
    [...type.fields.values()].some((field) => {
      const inner = innermost(field.value);
      return inner.is === "object" && hasDefaults(inner.type);
    });
  known.set(type, has);
  return has;
}

function innermost(value: Value): Value {
  return value.is === "list" || value.is === "map" ? innermost(value.of) : value;
}

function objectsIn(found: unknown, value: Value): readonly Fields[] {
  if (typeof found !== "object" || found === null) return [];
  if (value.is === "list" || value.is === "map") return Object.values(found).flatMap((one) => objectsIn(one, value.of));
  return [found as Fields];
}

/** Rules that go through lists are about each item by itself. */
function applyRule(rule: DefaultRule, type: ObjectType, object: Fields): void {
  const { set, copy, when = [] } = rule;
  const at = set.findIndex((step) => step === "[]" || step === "{}");
  if (at < 0) return applyHere(rule, type, object);
  const isWithin = (path: readonly string[]): boolean => equalValues(path.slice(0, at + 1), set.slice(0, at + 1));
  if (!when.every((one) => isWithin(one.path) || holds(one, type, object))) return;
  const found = lookUp(type, object, set.slice(0, at));
  const inner = found === undefined ? undefined : innermost(found.field.value);
  if (found === undefined || inner?.is !== "object") return;
  const within: DefaultRule = {
    ...rule,
    set: set.slice(at + 1),
    ...(copy === undefined ? {} : { copy: copy.slice(at + 1) }),
    when: when.filter(({ path }) => isWithin(path)).map((one) => ({ ...one, path: one.path.slice(at + 1) })),
  };
  for (const one of objectsIn(found.value, found.field.value)) applyRule(within, inner.type, one);
}

function applyHere({ set, value, copy, fill, when = [] }: DefaultRule, type: ObjectType, object: Fields): void {
  const target = lookUp(type, object, set);
  if (target === undefined || !(target.isMissing || fill === true)) return;
  if (!when.every((one) => holds(one, type, object))) return;
  const { parent, field } = target;
  if (copy === undefined) {
    parent[field.name] = structuredClone(value);
    return;
  }
  const source = lookUp(type, object, copy);
  if (source === undefined || source.isMissing) return;
  const copied = structuredClone(source.value);
  parent[field.name] = fill === true ? { ...(copied as Fields), ...(target.value as Fields | undefined) } : copied;
}

function holds({ path, in: values, notIn, present }: DefaultCondition, type: ObjectType, object: Fields): boolean {
  const found = lookUp(type, object, path);
  const isPresent = found !== undefined && !found.isMissing;
  if (present !== undefined) return isPresent === present;
  const isOneOf = (list: readonly unknown[]): boolean => isPresent && list.some((one) => equalValues(one, found.value));
  return values === undefined ? !isOneOf(notIn ?? []) : isOneOf(values);
}

interface Found {
  readonly parent: Fields;
  readonly field: Field;
  readonly value: unknown;
  readonly isMissing: boolean;
}

/** A field by the way to it; undefined where an object on the way is missing. */
function lookUp(type: ObjectType, object: Fields, path: readonly string[]): Found | undefined {
  let at = type;
  let parent = object;
  for (const [index, name] of path.entries()) {
    const field = at.fields.get(name);
    if (field === undefined) return undefined;
    const value = parent[name];
    if (index === path.length - 1) return { parent, field, value, isMissing: isMissing(field, value) };
    if (field.value.is !== "object" || typeof value !== "object" || value === null) return undefined;
    at = field.value.type;
    parent = value as Fields;
  }
  return undefined;
}

/** What Go cannot tell from a field that was not sent. */
function isMissing({ pointer, value: { is } }: Field, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (pointer) return false;
  if (is === "list") return (value as readonly unknown[]).length === 0;
  if (is === "map") return Object.keys(value).length === 0;
  return value === "" || value === 0 || value === false;
}
