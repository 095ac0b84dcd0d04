import { isRawJson, whatItIs } from "@kubewright/core";

/** True for what JSON.parse makes of an object. What else JSON.stringify takes for one is asked by it. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || (prototype === null && !isRawJson(value));
}

/** True for what JSON.parse makes of a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !("toJSON" in value);
}

/** What is wrong with a value of another type. */
export function mustBe(what: string, value: unknown): string {
  return `it must be ${what}, not ${isRawJson(value) ? "a number" : whatItIs(value)}`;
}
