/** True for a JSON-like object, of any realm; false for lists, dates, maps and sets, whose contents no key shows. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
