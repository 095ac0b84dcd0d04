/** What a value is, for errors, such as `null`, `a list`, `text` or `a Map`. Its contents are never quoted. */
export function whatItIs(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "string":
      return "text";
    case "object":
      return value === null ? "null" : whatObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function whatObject(value: object): string {
  if (Array.isArray(value)) return "a list";
  const name = className(value);
  if (name === "Promise") return "a promise (is an await missing?)";
  return name === undefined || name === "Object"
    ? "an object"
    : `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name.slice(0, 80)}`;
}

/** The name of the class that made the object, if it has one. */
function className(value: object): string | undefined {
  // Getters and proxies may throw, and `constructor` may be anything.
  try {
    const { name } = (Object.getPrototypeOf(value) as { readonly constructor: { readonly name: unknown } }).constructor;
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}
