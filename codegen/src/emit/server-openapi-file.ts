import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { SpecError } from "../checks/problems.ts";
import { header } from "./print-module.ts";

// packages/testing/src/discovery/openapi-documents.ts reads what is packed here.

type Documents = ReadonlyMap<string, unknown>;

/**
 * For packages/testing: every OpenAPI document, whole. `before` is the text that the file has: compressors differ from one version of
 * zlib to the next, so what unpacks to the same stays as it is.
 */
export function serverOpenApiFile(documents: Documents, origin: string, before: string | undefined): string {
  const plain = sharedLines(documents).join("\n");
  const former = before?.match(/`\n([A-Za-z0-9+/=\n]+)`/)?.[1];
  const same = former !== undefined && gunzipSync(Buffer.from(former, "base64")).toString() === plain;
  const packed = same
    ? former
    : `${gzipSync(plain, { level: 9 })
        .toString("base64")
        .match(/.{1,160}/g)!
        .join("\n")}\n`;
  return [
    header(origin),
    "/** In base64, compressed by gzip. */",
    `export const packed: string = \`\n${packed}\`;\n`,
  ].join("\n");
}

/** For packages/testing: the tag of each document by its path below /openapi/v3, so that none has to be read to list them. */
export function serverOpenApiTagsFile(documents: Documents, origin: string): string {
  const tags = [...documents].map(([path, document]) => {
    const tag = createHash("sha512").update(JSON.stringify(document)).digest("hex").toUpperCase();
    return `  ${JSON.stringify(path)}: "${tag}",\n`;
  });
  return [
    header(origin),
    "/** SHA-512 of the JSON of each, by its path below /openapi/v3. */",
    `export const tags: Readonly<Record<string, string>> = {\n${tags.join("")}};\n`,
  ].join("\n");
}

/**
 * JSON by lines. In each, `{"$":n}` stands for the value of line n, counted from 0, which comes before; the last has the documents by
 * their paths. So whatever occurs twice, in whichever document, is there once.
 */
function sharedLines(documents: Documents): readonly string[] {
  const counts = countValues([...documents.values()]);
  const lines: string[] = [];
  const places = new Map<string, number>();
  const shared = (value: unknown): unknown => {
    if (!isComposed(value)) return value;
    const text = JSON.stringify(value);
    const known = places.get(text);
    if (known !== undefined) return { $: known };
    const made = Array.isArray(value)
      ? value.map(shared)
      : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shared(one)]));
    if (counts.get(text) === 1 || text.length < leastShared) return made;
    const place = lines.push(JSON.stringify(made)) - 1;
    places.set(text, place);
    return { $: place };
  };
  const all = Object.fromEntries([...documents].map(([path, document]) => [path, shared(document)]));
  return [...lines, JSON.stringify(all)];
}

/** What is shorter in JSON stands where it is needed. */
const leastShared = 12;

/** How often each object and list occurs, by its JSON; of what is within one that was counted before, not again. */
function countValues(values: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (value: unknown): void => {
    if (!isComposed(value)) return;
    if ("$" in value) throw new SpecError(['An OpenAPI document has a key "$", which stands for what is shared']);
    const text = JSON.stringify(value);
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    if (before === 0) for (const one of Object.values(value)) count(one);
  };
  for (const value of values) count(value);
  return counts;
}

function isComposed(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
