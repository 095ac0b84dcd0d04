type Fields = Record<string, unknown>;

/** A value changed by a merge patch (RFC 7396): null takes away, objects are merged, all else replaces. */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const made: Fields = isObject(target) ? { ...target } : {};
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    const merged = value === null ? undefined : mergePatched(Object.hasOwn(made, key) ? made[key] : undefined, value);
    if (merged === undefined) delete made[key];
    else Object.defineProperty(made, key, { value: merged, writable: true, enumerable: true, configurable: true });
  }
  return made;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
