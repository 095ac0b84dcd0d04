type Fields = Record<string, unknown>;

/**
 * A value changed by a merge patch (RFC 7396): null takes away, objects are merged, all else replaces. Fields of what was merged stand
 * in the order of their names, as Go prints them (gopkg.in/evanphx/json-patch.v4).
 */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return pruned(patch);
  if (!isObject(target)) return pruned(patch);
  const made: Fields = { ...target };
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    const before = Object.hasOwn(made, key) ? made[key] : undefined;
    if (value === null) delete made[key];
    else setField(made, key, mergePatched(before, value));
  }
  return sortedFields(made);
}

/** Without the fields that are null; items of lists stay. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  const made: Fields = {};
  for (const key of Object.keys(value)) if (value[key] !== null) setField(made, key, pruned(value[key]));
  return made;
}

/** The same object with its fields in the order of their names. */
export function sortedFields(object: Fields): Fields {
  const made: Fields = {};
  for (const key of Object.keys(object).toSorted()) setField(made, key, object[key]);
  return made;
}

/** Sets a field, whatever its name. */
export function setField(object: Fields, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
