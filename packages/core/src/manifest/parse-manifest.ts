import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { lineAt } from "./manifest-document.ts";
import { parseDocuments } from "./parse-documents.ts";

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decode(bytes: Uint8Array): string {
  const mark = `${bytes[0]},${bytes[1]}`;
  // Windows shells write UTF-16.
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError("manifest", `it is not ${encoding.toUpperCase()} text`, { cause });
  }
}

// The items of any list, and of lists within; an item without a kind has it from a typed list's own, as in k8s.io/apimachinery
// pkg/apis/meta/v1/unstructured/helpers.go (decodeToList).
function collect(
  value: unknown,
  path: string,
  fail: (field: string, problem: string) => never,
  into: KubernetesObject[],
): void {
  if (!isFields(value)) return fail(path.slice(0, -1) || "manifest", "it is not an object with apiVersion and kind");
  const { apiVersion, kind, items } = value;
  if (typeof apiVersion !== "string" || apiVersion === "")
    return fail(`${path}apiVersion`, "it is missing, or is not text");
  if (typeof kind !== "string" || kind === "") return fail(`${path}kind`, "it is missing, or is not text");
  if (!kind.endsWith("List") || !(Array.isArray(items) || items === null)) {
    into.push(value);
    return;
  }
  const inherited = kind === "List" ? undefined : { apiVersion, kind: kind.slice(0, -4) };
  for (const [index, item] of ((items ?? []) as unknown[]).entries()) {
    const inherits = inherited && isFields(item) && !item["kind"];
    collect(inherits ? { ...item, ...inherited } : item, `${path}items[${index}].`, fail, into);
  }
}

/**
 * The objects of a manifest, in order: YAML or JSON, one document or many, lists replaced by their items, empty documents left
 * out. Read as kubectl reads it: `0644` is octal, `yes` and `on` are true, times are text, `<<` merges. Integers that a Number
 * would round keep their digits. The YAML library is loaded only for text that is not JSON.
 * @param source text, or its bytes in UTF-8 (or in UTF-16 with a byte order mark)
 * @throws InputError that names line and column, and for an object without apiVersion or kind the document and the field; also for
 * equal keys in one map, more than 500 levels, and aliases that repeat more than 1 MiB.
 */
export async function parseManifest(source: string | Uint8Array): Promise<KubernetesObject[]> {
  if (typeof source !== "string" && !ArrayBuffer.isView(source))
    throw new InputError("manifest", "it must be text or a Uint8Array");
  const text = (typeof source === "string" ? source : decode(source)).replace(/^\uFEFF/, "");
  const objects: KubernetesObject[] = [];
  let count = 0;
  for (const { value, start } of await parseDocuments(text)) {
    count += 1;
    const fail = (field: string, problem: string): never => {
      throw new InputError(field, `${problem} (document ${count}, line ${lineAt(text, start)})`);
    };
    if (value !== null) collect(value, "", fail, objects);
  }
  return objects;
}
