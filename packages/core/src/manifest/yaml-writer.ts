import { isRawJson } from "../codec/json/parse-json.ts";
import { compareKeys } from "./yaml-key-order.ts";
import { numberText } from "./yaml-scalar.ts";
import { yamlText } from "./yaml-text.ts";

// The layout of go.yaml.in/yaml/v2 emitterc.go: two spaces for each level, lists not indented in maps, long keys after `? `.

const step = 2;
const longestKey = 128;
const lineEnd = /[\n\r\x85\u2028\u2029]/;

type Fields = Readonly<Record<string, unknown>>;

/** An object of JSON values as YAML, as kubectl prints it. Numbers of JSON.rawJSON must be integers. */
export function writeYaml(object: object): string {
  const parts: string[] = [];
  writeMap(parts, object as Fields, 0, false);
  return parts.join("");
}

// `isBegun`: the first line has a mark already, such as `-`, and needs no indentation.
function writeMap(parts: string[], map: Fields, indent: number, isBegun: boolean): void {
  const margin = " ".repeat(indent);
  for (const [index, key] of Object.keys(map).sort(compareKeys).entries()) {
    if (index > 0 || !isBegun) parts.push(margin);
    const value = map[key];
    if (lineEnd.test(key) || new TextEncoder().encode(key).length > longestKey) {
      parts.push("?");
      writeMarked(parts, key, indent);
      parts.push(margin, ":");
      writeMarked(parts, value, indent);
      continue;
    }
    // As plain text it would merge maps.
    const written = key === "<<" ? '"<<"' : yamlText(key, { indent, column: undefined });
    parts.push(written, ":");
    if (isFilled(value)) {
      parts.push("\n");
      if (Array.isArray(value)) writeList(parts, value, indent, false);
      else writeMap(parts, value as Fields, indent + step, false);
    } else writeScalar(parts, value, indent, indent + Array.from(written).length + 2);
  }
}

function writeList(parts: string[], list: readonly unknown[], indent: number, isBegun: boolean): void {
  const margin = " ".repeat(indent);
  for (const [index, item] of list.entries()) {
    if (index > 0 || !isBegun) parts.push(margin);
    parts.push("-");
    writeMarked(parts, item, indent);
  }
}

/** What stands behind a mark of one character, on its line. */
function writeMarked(parts: string[], value: unknown, indent: number): void {
  if (!isFilled(value)) return writeScalar(parts, value, indent, indent + step);
  parts.push(" ");
  if (Array.isArray(value)) writeList(parts, value, indent + step, true);
  else writeMap(parts, value as Fields, indent + step, true);
}

function writeScalar(parts: string[], value: unknown, indent: number, column: number): void {
  const text = scalarText(value, indent + step, column);
  parts.push(" ", text, text.endsWith("\n") ? "" : "\n");
}

function scalarText(value: unknown, indent: number, column: number): string {
  if (typeof value === "string") return yamlText(value, { indent, column });
  if (typeof value === "number") return numberText(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isRawJson(value)) return value.rawJSON;
  return Array.isArray(value) ? "[]" : "{}";
}

function isFilled(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isRawJson(value) && Object.keys(value).length > 0;
}
