import type { Field, ObjectType, Value } from "../knowledge/object-type.ts";
import type { JsonNode } from "../request/json-node.ts";
import { canonicalBytes, canonicalQuantity } from "./canonical-values.ts";
import { goPathTo } from "./embedded-structs.ts";
import { canonicalDuration, canonicalTime, GoValueError } from "./go-time.ts";

/** What Go's decoder says of a JSON text for a type (sigs.k8s.io/json). */
export interface DecodingProblems {
  /** Why it cannot be read at all. */
  readonly error: string | undefined;
  /** What strict decoding refuses: unknown fields, and fields that stand twice. */
  readonly strict: readonly string[];
}

/** Finds what is wrong with a value that is to be of a type. */
export function decodingProblems(type: ObjectType | Value, node: JsonNode): DecodingProblems {
  const decoding = new Decoding();
  try {
    const root = { struct: "", path: "" };
    if ("is" in type) decoding.value(type, node, root, "");
    else decoding.object(type, node, root, "");
  } catch (error) {
    if (!(error instanceof GoValueError)) throw error;
    return { error: error.message, strict: [] };
  }
  return { error: decoding.error, strict: decoding.strict };
}

/** Where the decoder is, as its errors say it. */
interface Place {
  /** The innermost struct with a name. */
  readonly struct: string;
  /** From the root, without places in lists and keys of maps. */
  readonly path: string;
}

const mostStrictErrors = 100;

class Decoding {
  error: string | undefined;
  readonly strict: string[] = [];

  object(type: ObjectType, node: JsonNode, place: Place, at: string): void {
    if (node.is === "null") return;
    if (node.is !== "object") return this.#mismatch(node, type.name, place);
    const struct = type.name.split(".").at(-1)!;
    const isKind = place.path === "" && type.fields.has("kind") && type.fields.has("apiVersion");
    const seen = new Set<string>();
    for (const [key, value] of node.entries) {
      const field = type.fields.get(key);
      const way = below(at, key);
      if (field === undefined) {
        this.#strictly("unknown", way);
        continue;
      }
      if (seen.has(key)) this.#strictly("duplicate", way);
      seen.add(key);
      const step = goPathTo(struct, key, isKind);
      this.#field(field, value, { struct, path: below(place.path, step) }, way);
    }
  }

  #field({ value, pointer }: Field, node: JsonNode, place: Place, at: string): void {
    // Null is a pointer that leads nowhere, whatever it could lead to.
    if (node.is !== "null" || !pointer) this.value(value, node, place, at);
  }

  value(value: Value, node: JsonNode, place: Place, at: string): void {
    switch (value.is) {
      case "object":
        return this.object(value.type, node, place, at);
      case "list":
        if (node.is === "array")
          for (const [index, item] of node.items.entries()) this.value(value.of, item, place, `${at}[${index}]`);
        else if (node.is !== "null") this.#mismatch(node, value.goType, place);
        return;
      case "map":
        return this.#map(value.of, value.goType, node, place, at);
      case "json":
        if (value.goType === "interface {}") this.#anything(node, at);
        return;
      case "raw":
      case "fieldsV1":
        return;
      default:
        return this.#scalar(value.is, value.goType, node, place);
    }
  }

  #map(of: Value, goType: string, node: JsonNode, place: Place, at: string): void {
    if (node.is === "null") return;
    if (node.is !== "object") return this.#mismatch(node, goType, place);
    const seen = new Set<string>();
    for (const [key, entry] of node.entries) {
      if (seen.has(key)) this.#strictly("duplicate", below(at, key));
      seen.add(key);
      this.value(of, entry, place, below(at, key));
    }
  }

  /** Of what has no type, fields that stand twice are told. */
  #anything(node: JsonNode, at: string): void {
    if (node.is === "array") for (const [index, item] of node.items.entries()) this.#anything(item, `${at}[${index}]`);
    if (node.is !== "object") return;
    const seen = new Set<string>();
    for (const [key, entry] of node.entries) {
      if (seen.has(key)) this.#strictly("duplicate", below(at, key));
      seen.add(key);
      this.#anything(entry, below(at, key));
    }
  }

  #scalar(is: Exclude<Value["is"], "object" | "list" | "map">, goType: string, node: JsonNode, place: Place): void {
    switch (is) {
      case "string":
        if (node.is !== "string" && node.is !== "null") this.#mismatch(node, goType, place);
        return;
      case "bool":
        if (node.is !== "bool" && node.is !== "null") this.#mismatch(node, goType, place);
        return;
      case "double":
        if (node.is !== "number" && node.is !== "null") this.#mismatch(node, goType, place);
        return;
      case "int32":
      case "int64":
        if (node.is === "null" || isInteger(node, is)) return;
        return this.#mismatch(node, goType, place, true);
      case "bytes":
        if (node.is === "null") return;
        if (node.is === "array") return this.#bytes(node.items, place);
        if (node.is !== "string") return this.#mismatch(node, goType, place);
        try {
          canonicalBytes(node.value);
        } catch (error) {
          this.error ??= (error as Error).message;
        }
        return;
      default:
        readByItself(is, node, place);
    }
  }

  /** Written as a list of numbers. */
  #bytes(items: readonly JsonNode[], place: Place): void {
    for (const item of items) {
      const isByte = item.is === "number" && /^\d{1,3}$/.test(item.text) && Number(item.text) < 256;
      if (!isByte && item.is !== "null") this.#mismatch(item, "uint8", place, true);
    }
  }

  #mismatch(node: JsonNode, goType: string, place: Place, withNumber = false): void {
    this.error ??= mismatch(node, goType, place, withNumber);
  }

  #strictly(what: "unknown" | "duplicate", way: string): void {
    const text = `${what} field ${JSON.stringify(way)}`;
    if (this.strict.length < mostStrictErrors && !this.strict.includes(text)) this.strict.push(text);
  }
}

function below(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

/** Types that read themselves; what they refuse ends the decoding. @throws GoValueError */
function readByItself(is: Value["is"], node: JsonNode, place: Place): void {
  if (node.is === "null") return;
  switch (is) {
    case "quantity":
      if (node.is === "string") canonicalQuantity(node.value);
      else canonicalQuantity(node.is === "number" ? node.text : node.is);
      return;
    case "intOrString":
      if (node.is === "string" || isInteger(node, "int32")) return;
      throw new GoValueError(mismatch(node, "int32", place, true));
    default:
      if (node.is !== "string") throw new GoValueError(mismatch(node, "string", place, false));
      if (is === "duration") canonicalDuration(node.value);
      else canonicalTime(node.value, is === "microTime" ? "microTime" : "time");
  }
}

function isInteger(node: JsonNode, is: "int32" | "int64"): boolean {
  return node.is === "number" && /^-?\d+$/.test(node.text) && isWithin(BigInt(node.text), is === "int32" ? 31n : 63n);
}

function isWithin(value: bigint, bits: bigint): boolean {
  return value >= -(1n << bits) && value < 1n << bits;
}

/** `withNumber`: of what should be a whole number, Go shows the number. */
function mismatch(node: JsonNode, goType: string, { struct, path }: Place, withNumber: boolean): string {
  const found = node.is === "number" && withNumber ? `number ${node.text}` : node.is;
  const where = path === "" ? "Go value" : `Go struct field ${struct}.${path}`;
  return `json: cannot unmarshal ${found} into ${where} of type ${goType}`;
}
