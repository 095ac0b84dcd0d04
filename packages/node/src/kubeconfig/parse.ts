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
  const root = (await parseYamlOrJson(text, (problem) => invalidKubeconfig(place, problem))) ?? {};
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

/** The value of a YAML or JSON text. `fail` makes the error of a problem, which never quotes the text. */
export async function parseYamlOrJson(text: string, fail: (problem: string) => Error): Promise<unknown> {
  return parseJson(text) ?? parseYaml(text, fail);
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

async function parseYaml(text: string, fail: (problem: string) => Error): Promise<unknown> {
  const { LineCounter, parseAllDocuments } = await import("yaml");
  const lines = new LineCounter();
  // Duplicate keys are refused: which one counts would be a guess. Merge keys (<<) are read as kubectl reads them.
  const options = { merge: true, prettyErrors: false, lineCounter: lines, logLevel: "error" } as const;
  try {
    // Like kubectl, only the first document counts. An array without documents is an empty text.
    const parsed = parseAllDocuments(text, options);
    const document = Array.isArray(parsed) ? parsed[0] : undefined;
    const problem = document?.errors[0];
    if (problem !== undefined) {
      const { line, col } = lines.linePos(problem.pos[0]);
      throw fail(`not valid YAML at line ${line}, column ${col} (${problem.code})`);
    }
    return document?.toJS();
  } catch (error) {
    // Too many aliases, or nesting deeper than the stack: nothing that is meant well.
    if (error instanceof ReferenceError || error instanceof RangeError) {
      throw fail("its YAML is nested too deeply or expands aliases too often");
    }
    throw error;
  }
}
