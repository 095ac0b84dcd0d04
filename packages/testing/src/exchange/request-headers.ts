import type { ResponseHeaders } from "@kubewright/core";

/** The headers of a request. */
export interface RequestHeaders extends ResponseHeaders {
  /** The values of a header, one for each time that it was sent. `name` is lower-case. */
  all(name: string): readonly string[];
  /** Lower-case. */
  names(): readonly string[];
}

/** Headers out of their values, or lists of them, by lower-case name. */
export function requestHeaders(values: Readonly<Record<string, string | readonly string[]>>): RequestHeaders {
  const all = (name: string): readonly string[] => {
    const found = Object.hasOwn(values, name) ? values[name]! : [];
    return typeof found === "string" ? [found] : found;
  };
  return {
    get: (name) => (all(name).length === 0 ? undefined : all(name).join(", ")),
    all,
    names: () => Object.keys(values),
  };
}
