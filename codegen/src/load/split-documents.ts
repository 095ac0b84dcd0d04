import { parseManifest, type KubernetesObject } from "@kubewright/core";

/** A document of a file: what it holds, or what is wrong with it. */
export interface FileDocument {
  /** What problems call it: `crds.yaml, document 2`, or the file's name alone where there is one document. */
  readonly where: string;
  readonly text: string;
  readonly objects: readonly KubernetesObject[];
  readonly problem: string | undefined;
}

/** The documents of a file, each read for itself, so that what is wrong with one costs no other. Empty ones are left out. */
export async function splitDocuments(bytes: Uint8Array, name: string): Promise<FileDocument[]> {
  const text = decode(bytes);
  const parts = /^\s*[[{]/.test(text) ? [{ text, line: 0 }] : yamlParts(text);
  const documents = await Promise.all(
    parts.map(async ({ text: part, line }, index): Promise<FileDocument> => {
      const where = parts.length === 1 ? name : `${name}, document ${index + 1}`;
      try {
        return { where, text: part, objects: await parseManifest(part), problem: undefined };
      } catch (error) {
        return { where, text: part, objects: [], problem: await problemOf(part, line, error) };
      }
    }),
  );
  return documents.filter(({ objects, problem }) => objects.length > 0 || problem !== undefined);
}

/** As kubectl does: a line that begins with `---` parts documents, whatever is around it. */
function yamlParts(text: string): { readonly text: string; readonly line: number }[] {
  const parts: { text: string; line: number }[] = [];
  let line = 0;
  for (const part of text.split(/^(?=\uFEFF?---(?:\s|$))/m)) {
    // Comments and directives before the first document are none.
    if (!/^(?:\uFEFF?---)?\s*(?:[#%][^\n]*\n?\s*)*$/.test(part)) parts.push({ text: part, line });
    line += part.split("\n").length - 1;
  }
  return parts;
}

/** The problem again, with the lines of the file. */
async function problemOf(part: string, line: number, error: unknown): Promise<string> {
  const again = await parseManifest("\n".repeat(line) + part).then(
    () => error,
    (second: unknown) => second,
  );
  return (again as Error).message
    .replace(/^Invalid manifest: (?=line )/, "")
    .replace(/ \(document \d+, (line \d+)\)$/, " ($1)");
}

/** Windows shells write UTF-16. */
function decode(bytes: Uint8Array): string {
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
