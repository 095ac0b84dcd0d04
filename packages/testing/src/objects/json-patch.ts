import { unprocessable } from "../exchange/refusal.ts";
import { equalValues } from "./equal-values.ts";
import { setField, sortedFields } from "./merge-patch.ts";

/** An operation of RFC 6902. */
interface Operation {
  readonly op?: string;
  readonly path?: string;
  readonly from?: string;
  readonly value?: unknown;
}

type Fields = Record<string, unknown>;
type Parent = Fields | unknown[];

/**
 * A value changed by the operations of a JSON patch, as gopkg.in/evanphx/json-patch.v4 does it; it is used up. Fields of objects that
 * operations went through stand in the order of their names. @throws Refusal 422 for one that cannot be done
 */
export function applyJsonPatch(target: Fields, operations: readonly (object | null)[]): unknown {
  const patching = new Patching(target);
  for (const operation of operations) patching.apply(operation ?? {});
  return patching.result();
}

class Patching {
  #root: unknown;
  readonly #touched = new Set<unknown>();

  constructor(target: Fields) {
    this.#root = target;
    this.#touched.add(target);
  }

  apply({ op, path, from, value = null }: Operation): void {
    switch (op) {
      case "add":
        add(this.#placeOf(path), structuredClone(value));
        return;
      case "remove":
        remove(this.#placeOf(path));
        return;
      case "replace":
        this.#replace(path, structuredClone(value));
        return;
      case "move": {
        const source = this.#placeOf(from);
        const moved = read(source);
        remove(source);
        add(this.#placeOf(path), moved);
        return;
      }
      case "copy":
        add(this.#placeOf(path), structuredClone(read(this.#placeOf(from))));
        return;
      case "test":
        if (!equalValues(path === "" ? this.#root : read(this.#placeOf(path)), value)) throw unprocessable();
        return;
      default:
        throw unprocessable();
    }
  }

  result(): unknown {
    return this.#sorted(this.#root);
  }

  #replace(path: string | undefined, value: unknown): void {
    if (path === "") {
      if (!isParent(value)) throw unprocessable();
      this.#root = value;
      this.#touched.add(value);
      return;
    }
    const [parent, key] = this.#placeOf(path);
    if (Array.isArray(parent)) parent[indexIn(key, parent.length - 1)] = value;
    else setField(parent, key, value);
  }

  /** The object or list that holds what a pointer (RFC 6901) leads to, and its place there. */
  #placeOf(pointer: string | undefined): Place {
    const keys = (pointer ?? "").split("/").slice(1);
    const last = keys.pop();
    if (last === undefined) throw unprocessable();
    let at = this.#root;
    for (const key of keys) {
      if (isParent(at)) at = read([at, unescaped(key)]);
      if (!isParent(at)) throw unprocessable();
      this.#touched.add(at);
    }
    return [at as Parent, unescaped(last)];
  }

  #sorted(value: unknown): unknown {
    if (!isParent(value) || !this.#touched.has(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.#sorted(item));
    const made = sortedFields(value);
    for (const key of Object.keys(made)) setField(made, key, this.#sorted(made[key]));
    return made;
  }
}

type Place = readonly [parent: Parent, key: string];

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isParent(value: unknown): value is Parent {
  return typeof value === "object" && value !== null;
}

/** The index that a key means, counted from the end where it is negative. */
function indexIn(key: string, last: number): number {
  if (!/^[+-]?\d+$/.test(key)) throw unprocessable();
  const index = Number(key);
  const counted = index < 0 ? index + last + 1 : index;
  if (counted < 0 || counted > last || last < 0) throw unprocessable();
  return counted;
}

/** What stands there; null for a field that is missing. */
function read([parent, key]: Place): unknown {
  if (Array.isArray(parent)) return parent[indexIn(key, parent.length - 1)];
  return Object.hasOwn(parent, key) ? parent[key] : null;
}

function add([parent, key]: Place, value: unknown): void {
  if (!Array.isArray(parent)) setField(parent, key, value);
  else if (key === "-") parent.push(value);
  else parent.splice(indexIn(key, parent.length), 0, value);
}

function remove([parent, key]: Place): void {
  if (Array.isArray(parent)) parent.splice(indexIn(key, parent.length - 1), 1);
  else if (Object.hasOwn(parent, key)) delete parent[key];
  else throw unprocessable();
}
