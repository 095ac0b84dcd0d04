import { LimitError } from "@kubewright/core";
import { decodeText } from "./decode-text.ts";
import { invalidKubeconfig, isMap, own, type PlainMap } from "./fields.ts";

// Far beyond 1,000 contexts with certificates; a bound for texts from strangers.
const ceiling = 32 * 1024 * 1024;

/** The bytes of a kubeconfig file as a map. `place` names the file in errors, which never quote the text: it may hold credentials. */
export async function parseKubeconfigBytes(bytes: Uint8Array, place: string): Promise<PlainMap> {
  if (bytes.length > ceiling) throw new LimitError(`the kubeconfig ${place}`, ceiling);
  let text: string;
  try {
    text = decodeText(bytes);
  } catch (error) {
    throw invalidKubeconfig(place, "it is no text in UTF-8 or UTF-16", error);
  }
  return parseKubeconfig(text, place);
}

/** The text of a kubeconfig, YAML or JSON, as a map; empty text is an empty map, as in kubectl. Only YAML loads the YAML library. */
export async function parseKubeconfig(text: string, place: string): Promise<PlainMap> {
  if (text.length > ceiling) throw new LimitError(`the kubeconfig ${place}`, ceiling);
  const root = parseJson(text) ?? (await parseYaml(text, place)) ?? {};
  if (!isMap(root)) throw invalidKubeconfig(place, "it must be a map with clusters, users and contexts");
  const apiVersion = own(root, "apiVersion") ?? "v1";
  const kind = own(root, "kind") ?? "Config";
  if ((apiVersion !== "v1" && apiVersion !== "") || (kind !== "Config" && kind !== "")) {
    throw invalidKubeconfig(
      place,
      `it must be of apiVersion v1 and kind Config, not ${show(apiVersion)} and ${show(kind)}`,
    );
  }
  return root;
}

function show(value: unknown): string {
  return typeof value === "string" ? value : typeof value;
}

function parseJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A YAML flow map begins alike; the YAML parser says what is wrong.
    return undefined;
  }
}

async function parseYaml(text: string, place: string): Promise<unknown> {
  const { LineCounter, parseAllDocuments } = await import("yaml");
  const lines = new LineCounter();
  try {
    // Duplicate keys are refused: which one counts would be a guess. Merge keys (<<) are read as kubectl reads them.
    const parsed = parseAllDocuments(text, { merge: true, prettyErrors: false, lineCounter: lines, logLevel: "error" });
    // Like kubectl, only the first document counts. An array without documents is an empty text.
    const document = Array.isArray(parsed) ? parsed[0] : undefined;
    const problem = document?.errors[0];
    if (problem !== undefined) {
      const { line, col } = lines.linePos(problem.pos[0]);
      throw invalidKubeconfig(place, `not valid YAML at line ${line}, column ${col} (${problem.code})`);
    }
    return document?.toJS();
  } catch (error) {
    // Too many aliases, or nesting deeper than the stack: nothing a kubeconfig needs.
    if (error instanceof ReferenceError || error instanceof RangeError) {
      throw invalidKubeconfig(place, "its YAML is nested too deeply or expands aliases too often");
    }
    throw error;
  }
}
