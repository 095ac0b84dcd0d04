/** What leads from one JSON value to another of its sort, by key or index: `=a` is a new value, `>a` a change within it, `-a` is gone. */
export type Change = Readonly<Record<string, unknown>>;

type Container = Readonly<Record<string, unknown>>;

/** The change from one object or array to another; undefined where there is none of this form. */
export function changeOf(from: unknown, to: unknown): Change | undefined {
  if (!isContainer(from) || !isContainer(to) || Array.isArray(from) !== Array.isArray(to)) return undefined;
  const change: Record<string, unknown> = {};
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) change[`-${key}`] = 0;
  for (const [key, value] of Object.entries(to)) {
    if (!Object.hasOwn(from, key)) {
      change[`=${key}`] = value;
      continue;
    }
    const within = changeOf(from[key], value);
    if (within === undefined ? from[key] === value : Object.keys(within).length === 0) continue;
    if (within !== undefined && textOf(within).length < textOf(value).length) change[`>${key}`] = within;
    else change[`=${key}`] = value;
  }
  return change;
}

/** What a change makes of a value. */
export function applied(from: unknown, change: Change): unknown {
  // A map, since a key may be `__proto__`.
  const made = new Map(Object.entries(from as Container));
  for (const [sign, value] of Object.entries(change)) {
    const key = sign.slice(1);
    if (sign.startsWith("-")) made.delete(key);
    else made.set(key, sign.startsWith("=") ? value : applied(made.get(key), value as Change));
  }
  return Array.isArray(from) ? [...made.values()] : Object.fromEntries(made);
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}
