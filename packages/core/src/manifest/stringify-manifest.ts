import { isRawJson } from "../codec/json/parse-json.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { objectsOf } from "./many-objects.ts";
import { maxDepth } from "./manifest-document.ts";

/**
 * Objects as YAML, one document each, as `kubectl get -o yaml` prints them: keys sorted, lists not indented, lines of 80
 * characters, text in quotes where kubectl would read something else (`yes`, `012`, `1e3`, `~`). parseManifest and kubectl read
 * the same objects back; long integers keep their digits. No objects are the empty text.
 * @param objects the objects, each with apiVersion and kind, or a promise of them
 * @throws InputError that names the place of what JSON or YAML cannot hold, for a missing apiVersion or kind, and for more than 500
 * levels
 */
export async function stringifyManifest(
  objects: Iterable<KubernetesObject> | PromiseLike<Iterable<KubernetesObject>>,
): Promise<string> {
  const list = await objectsOf(objects);
  for (const [index, object] of list.entries()) check(object, `objects[${index}]`);
  const { writeYaml } = await import("./yaml-writer.ts");
  return list.map(writeYaml).join("---\n");
}

function check(object: KubernetesObject, field: string): void {
  for (const key of ["apiVersion", "kind"] as const) {
    const value: unknown = object[key];
    if (typeof value !== "string" || value === "")
      throw new InputError(`${field}.${key}`, "it is needed here: it says what kind of object this is");
  }
  const found = findUnwritable(object, maxDepth);
  if (found !== undefined) throw new InputError(field + found.at, found.problem);
}

function findUnwritable(value: unknown, levels: number): { at: string; problem: string } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // A number that no double holds, such as 1e400; integers have their digits.
  if (isRawJson(value))
    return /^-?\d+$/.test(value.rawJSON)
      ? undefined
      : { at: "", problem: `is the number ${value.rawJSON}, which kubectl would read as text` };
  if (levels === 0) return { at: "", problem: `more than ${maxDepth} objects and lists lie inside each other` };
  for (const [key, part] of Object.entries(value)) {
    const found = findUnwritable(part, levels - 1);
    if (found) return { ...found, at: (Array.isArray(value) ? `[${key}]` : `.${key}`) + found.at };
  }
  return undefined;
}
