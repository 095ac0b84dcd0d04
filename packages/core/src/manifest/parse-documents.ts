import { parseJson } from "../codec/json/parse-json.ts";
import { DecodeError } from "../errors/body-errors.ts";
import { jsonDocuments } from "./json-documents.ts";
import type { ManifestDocument } from "./manifest-document.ts";

/** A document's value, and where it begins in the text. */
export interface ParsedDocument {
  readonly value: unknown;
  readonly start: number;
}

// A text is JSON if all of it is; whatever else begins like JSON may be YAML, as kubectl has it.
function readJson(text: string): readonly ParsedDocument[] | undefined {
  try {
    return jsonDocuments(text)?.map(parsed);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function parsed({ json, start, isExact = false }: ManifestDocument): ParsedDocument {
  return { value: isExact ? (JSON.parse(json) as unknown) : parseJson(json), start };
}

/**
 * The documents of YAML or JSON text, read as kubectl reads manifests; `null` for empty ones of YAML. The YAML library is loaded
 * only for text that is not JSON.
 * @throws InputError for the field `manifest`, with line and column
 */
export async function parseDocuments(text: string): Promise<Iterable<ParsedDocument>> {
  return readJson(text) ?? readYaml(text);
}

async function readYaml(text: string): Promise<Iterable<ParsedDocument>> {
  const { yamlDocuments } = await import("./yaml-documents.ts");
  return (function* (): Generator<ParsedDocument, void, undefined> {
    for (const document of yamlDocuments(text)) yield parsed(document);
  })();
}

/**
 * The value of YAML or JSON text, read as {@link parseManifest} reads: of several documents the first, as kubectl reads a
 * kubeconfig, of none undefined.
 * @throws InputError for the field `manifest`, with line and column
 */
export async function parseYaml(text: string): Promise<unknown> {
  for (const { value } of await parseDocuments(text)) return value;
  return undefined;
}
