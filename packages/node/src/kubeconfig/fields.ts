import { ConfigError } from "@kubewright/core";

/** A map of a kubeconfig. Keys are data: read them with {@link own} or {@link Fields}, never through the prototype. */
export type PlainMap = Readonly<Record<string, unknown>>;

/** True for what a YAML or JSON map becomes. */
export function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The map's own value, so that no key reaches into `Object.prototype`. */
export function own(map: PlainMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The error of a kubeconfig entry; `place` says which file and entry. */
export function invalidKubeconfig(place: string, problem: string, cause?: unknown): ConfigError {
  return new ConfigError(`Invalid kubeconfig: ${place}: ${problem}`, { cause });
}

/** Reads the fields of one entry by their types. Unset, null and `""` are the same, as in Go's types. */
export interface Fields {
  readonly place: string;
  text(key: string): string | undefined;
  flag(key: string): boolean;
  list(key: string): readonly unknown[];
  texts(key: string): readonly string[];
  map(key: string): PlainMap | undefined;
  /** Base64 of UTF-8 text, decoded. */
  base64(key: string): string | undefined;
}

// kubectl's parser reads YAML 1.1, where these are booleans; the parser here reads YAML 1.2, where they are text.
const yes = /^(y|yes|on)$/i;
const no = /^(n|no|off)$/i;

/** A reader of `map`'s fields whose errors name `place`. */
export function fieldsOf(map: PlainMap, place: string): Fields {
  const wrong = (key: string, what: string): ConfigError => invalidKubeconfig(place, `${key} must be ${what}`);
  const value = (key: string): unknown => own(map, key) ?? undefined;
  const text = (key: string): string | undefined => {
    const found = value(key);
    if (found === undefined || found === "") return undefined;
    if (typeof found !== "string") throw wrong(key, "text; put it in quotes");
    return found;
  };
  const list = (key: string): readonly unknown[] => {
    const found = value(key) ?? [];
    if (!Array.isArray(found)) throw wrong(key, "a list");
    return found as readonly unknown[];
  };
  return {
    place,
    text,
    list,
    flag(key) {
      const found = value(key) ?? false;
      if (typeof found === "boolean") return found;
      if (typeof found === "string" && yes.test(found)) return true;
      if (typeof found === "string" && no.test(found)) return false;
      throw wrong(key, "true or false, without quotes");
    },
    texts(key) {
      return list(key).map((item) => {
        if (typeof item !== "string") throw wrong(key, "a list of texts; put each in quotes");
        return item;
      });
    },
    map(key) {
      const found = value(key);
      if (found !== undefined && !isMap(found)) throw wrong(key, "a map");
      return found;
    },
    base64(key) {
      const encoded = text(key)?.replace(/[\r\n]/g, "");
      if (encoded === undefined || encoded === "") return undefined;
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.length % 4 !== 0) throw wrong(key, "base64 of a PEM file");
      return Buffer.from(encoded, "base64").toString("utf8");
    },
  };
}
