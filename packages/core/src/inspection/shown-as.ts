/** What is shown: never a credential, and never what could lead to one. What is undefined is left out. */
export type ShownFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

// The hook of console.log and util.inspect in Node, Deno and Bun; nothing looks for it in pages.
const hook = Symbol.for("nodejs.util.inspect.custom");

/**
 * Lets whoever inspects `value` see its name and a few telling fields, as `Cluster { server: "https://10.0.0.1" }`, instead of all that
 * it holds. Everything that people can hold, or that holds a credential, passes here. What is made often passes as the prototype of
 * its class. Gives `value`.
 */
export function shownAs<T extends object>(value: T, name: string, fields: (shown: T) => ShownFields): T {
  Object.defineProperty(value, hook, {
    value(this: T) {
      const shown = Object.entries(fields(this)).filter(([, field]) => field !== undefined);
      if (shown.length === 0) return `${name} {}`;
      return `${name} { ${shown.map(([key, field]) => `${key}: ${JSON.stringify(field)}`).join(", ")} }`;
    },
    configurable: true,
  });
  return value;
}
