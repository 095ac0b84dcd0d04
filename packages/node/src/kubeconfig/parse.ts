import { isKubeError, LimitError } from "@kubewright/core";
import { decodeText } from "./decode-text.ts";
import { invalidKubeconfig, isMap, own, type PlainMap } from "./fields.ts";

// Far beyond 1,000 contexts with certificates.
const usualCeiling = 32 * 1024 * 1024;
/** For texts from strangers: the YAML library needs seconds and hundreds of bytes of memory for what can stand in some bytes. */
export const strangersCeiling: number = 1024 * 1024;

/** The bytes of a kubeconfig file as a map. `place` names the file in errors, which never quote the text: it may hold credentials. */
export async function parseKubeconfigBytes(
  bytes: Uint8Array,
  place: string,
  ceiling: number = usualCeiling,
): Promise<PlainMap> {
  if (bytes.length > ceiling) throw new LimitError(`the kubeconfig ${place}`, ceiling);
  let text: string;
  try {
    text = decodeText(bytes);
  } catch (error) {
    throw invalidKubeconfig(place, "it is no text in UTF-8 or UTF-16", error);
  }
  return parseKubeconfig(text, place, ceiling);
}

/** The text of a kubeconfig, YAML or JSON, as a map; empty text is an empty map, as in kubectl. Only YAML loads the YAML library. */
export async function parseKubeconfig(text: string, place: string, ceiling: number = usualCeiling): Promise<PlainMap> {
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
  const { isScalar, LineCounter, parseAllDocuments, visit } = await import("yaml");
  const lineCounter = new LineCounter();
  const at = (offset: number, code: string): Error => {
    const { line, col } = lineCounter.linePos(offset);
    return fail(`not valid YAML at line ${line}, column ${col} (${code})`);
  };
  try {
    // Merge keys (<<) are read as kubectl reads them. The library's own search for duplicate keys and its ordered maps take
    // quadratic time.
    const options = {
      merge: true,
      uniqueKeys: false,
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: "error",
      lineCounter,
    } as const;
    // Like kubectl, only the first document counts. An array without documents is an empty text.
    const parsed = parseAllDocuments(text, options);
    const document = Array.isArray(parsed) ? parsed[0] : undefined;
    if (document === undefined) return undefined;
    const problem = document.errors[0];
    if (problem !== undefined) throw at(problem.pos[0], problem.code);
    // Duplicate keys are refused: which one counts would be a guess.
    visit(document, {
      Map(_, { items }) {
        const keys = new Set<unknown>();
        for (const { key } of items) {
          if (!isScalar(key)) continue;
          if (keys.has(key.value) && key.value !== "<<") throw at(key.range?.[0] ?? 0, "DUPLICATE_KEY");
          keys.add(key.value);
        }
      },
    });
    return document.toJS({ maxAliasCount: 10_000 });
  } catch (error) {
    if (isKubeError(error)) throw error;
    // The library's own errors may quote the text.
    throw fail("its YAML cannot be read: nested too deeply, too many aliases, or a wrong alias or merge (<<)");
  }
}
