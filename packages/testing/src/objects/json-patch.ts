import { unprocessable } from "../exchange/refusal.ts";
import { equalValues } from "./equal-values.ts";

/** An operation of RFC 6902. */
interface Operation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly from?: unknown;
  readonly value?: unknown;
}

type Parent = Record<string, unknown> | unknown[];

/** A value changed by the operations of a JSON patch; it is used up. @throws Refusal 422 for one that cannot be done */
export function applyJsonPatch(target: unknown, operations: unknown): unknown {
  const root = { root: target } as Record<string, unknown>;
  for (const operation of operations as readonly Operation[]) apply(root, operation);
  return root["root"];
}

function apply(root: Record<string, unknown>, { op, path, from, value }: Operation): void {
  const [parent, key] = placeOf(root, path, String(op));
  switch (op) {
    case "add":
      add(parent, key, structuredClone(value), path);
      return;
    case "remove":
      remove(parent, key, path, "remove");
      return;
    case "replace":
      if (!has(parent, key)) throw failed("replace", path, "missing value");
      set(parent, key, structuredClone(value));
      return;
    case "move": {
      const [source, name] = placeOf(root, from, "move");
      const moved = read(source, name);
      remove(source, name, from, "move");
      add(...placeOf(root, path, "move"), moved, path);
      return;
    }
    case "copy": {
      const [source, name] = placeOf(root, from, "copy");
      if (!has(source, name)) throw failed("copy", from, "missing value");
      add(parent, key, structuredClone(read(source, name)), path);
      return;
    }
    case "test":
      if (!equalValues(has(parent, key) ? read(parent, key) : null, value ?? null)) {
        throw unprocessable(`testing value ${String(path)} failed: test failed`);
      }
      return;
    default:
      throw unprocessable(`Unexpected kind: ${String(op)}`);
  }
}

/** The object or list that holds what a pointer (RFC 6901) leads to, and its place there. */
function placeOf(root: Record<string, unknown>, pointer: unknown, op: string): [parent: Parent, key: string] {
  const keys = String(pointer)
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (keys.length === 0) return [root, "root"];
  const last = keys.pop()!;
  let at = root["root"];
  for (const key of keys) at = isParent(at) ? read(at, key) : undefined;
  if (!isParent(at)) throw failed(op, pointer, "missing value");
  return [at, last];
}

function isParent(value: unknown): value is Parent {
  return typeof value === "object" && value !== null;
}

function has(parent: Parent, key: string): boolean {
  return Array.isArray(parent) ? /^\d+$/.test(key) && Number(key) < parent.length : Object.hasOwn(parent, key);
}

function read(parent: Parent, key: string): unknown {
  if (Array.isArray(parent)) return parent[Number(key)];
  return Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function set(parent: Parent, key: string, value: unknown): void {
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}

function add(parent: Parent, key: string, value: unknown, path: unknown): void {
  if (!Array.isArray(parent)) set(parent, key, value);
  else if (key === "-") parent.push(value);
  else if (/^\d+$/.test(key) && Number(key) <= parent.length) parent.splice(Number(key), 0, value);
  else throw failed("add", path, "invalid index referenced");
}

function remove(parent: Parent, key: string, path: unknown, op: string): void {
  if (!has(parent, key)) throw failed(op, path, "missing value");
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

// The texts of gopkg.in/evanphx/json-patch.v4.
function failed(op: string, path: unknown, why: string): Error {
  return unprocessable(
    `${op} operation does not apply: doc is missing ${op === "add" ? "path" : "key"}: ${String(path)}: ${why}`,
  );
}
