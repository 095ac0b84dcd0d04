/** Freezes a value of JSON and all in it; gives the same value. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const below of Object.values(value)) deepFreeze(below);
  return Object.freeze(value);
}
