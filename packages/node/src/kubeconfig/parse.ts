import { InputError, LimitError, parseYaml } from "@kubewright/core";
import { decodeText } from "./decode-text.ts";
import { invalidKubeconfig, isMap, own, type PlainMap } from "./fields.ts";

// Far beyond 1,000 contexts with certificates.
const usualCeiling = 32 * 1024 * 1024;
/** For texts from strangers, who need no thousand contexts. */
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
    throw invalidKubeconfig(place, "it is not text in UTF-8 or UTF-16", error);
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

/** The value of a YAML or JSON text, as kubectl reads it. `fail` makes the error of a problem, which never quotes the text. */
export async function parseYamlOrJson(text: string, fail: (problem: string) => Error): Promise<unknown> {
  try {
    return await parseYaml(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [, place = "", problem = ""] = /(line \d+, column \d+): (.*)/.exec(error.message) ?? [];
    // A key that is there twice is named, and may be a credential in the wrong place.
    throw fail(`not valid YAML at ${place}: ${problem.replace(/ "(?:[^"\\]|\\.)*"/g, "")}`);
  }
}
