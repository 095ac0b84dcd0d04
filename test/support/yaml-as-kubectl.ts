import { isDeepStrictEqual } from "node:util";

/** What kubectl's own code makes of a YAML text: the text and its documents as JSON, or why it refuses it (test/fixtures/go). */
export type KubectlRow =
  | readonly [text: string, ...documents: string[]]
  | { readonly refused: string; readonly why: string };

/** What we make of it: the values of the documents, or the message of the error. */
export type Reading = readonly unknown[] | string;

// What kubectl reads and we refuse, as docs/manifests.md lists it.
const refusedByUs: readonly (readonly [message: RegExp, text: RegExp])[] = [
  [/is there twice in one map/, /./],
  // Kubectl drops in silence what follows the end of a document, and what follows a map that is indented.
  [/./, /^\.\.\.\s(?:\s|#[^\n]*\n)*[^\s#]/m],
  [/belongs to nothing before it/, /(?:^|---[^\n]*\n)\uFEFF?(?:#[^\n]*\n)*\s/],
  [/belongs to nothing before it|wrong indentation/, /^\s*[|>]/m],
  [/belongs to nothing before it/, /^[!&[{]/m],
  [/a comma or a closing bracket is missing/, /[!&]\S*[ \t]*(?:#.*)?\r?\n/],
  [/the name of an anchor/, /&\S*:/],
  [/an empty line after a \\/, /\\\r?\n[ \t]*\r?\n/],
  [/another on a later line/, /[!&]/],
  [/an item after an empty list/, /- -\s/],
  [/the tag is not valid/, /!\S*[!,[\]{}]/],
  [/only a comment may follow/, /[|>][+-]?#/],
  [/a comma or a closing bracket is missing/, /[[{,:]\s*-(?:\s|#.*)*[,\]}]/],
  [/no such escape/, /\\'/],
  [/byte order mark/, /\n\uFEFF/],
  [/no anchor of this name/, /\*x:/],
];

// What kubectl refuses and we read: tabs where it wants spaces, a colon before plain text in brackets, odd characters in tags.
const takenByUs: readonly RegExp[] = [
  /^found character that cannot start any token/,
  /^found a tab character/,
  /^found unknown escape character/,
  /^did not find expected node content/,
  /^did not find expected whitespace or line break/,
  /^did not find expected tag URI/,
];

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells where a reading is neither what kubectl reads nor one of the differences that are listed; undefined is no difference. */
export function unlistedDifference(row: KubectlRow, reading: Reading): string | undefined {
  if ("refused" in row) {
    const isFair = typeof reading === "string" || takenByUs.some((why) => why.test(row.why));
    return isFair ? undefined : `${JSON.stringify(row.refused)} is taken, but refused by kubectl: ${row.why}`;
  }
  const [text, ...documents] = row;
  const expected = documents.map((json): unknown => JSON.parse(json)).filter((value) => value !== null);
  // What is not an object is not a manifest, whatever follows it.
  if (expected.length === 0 ? typeof reading === "string" : !expected.every(isObject)) return undefined;
  if (typeof reading === "string") {
    const isFair = refusedByUs.some(([message, what]) => message.test(reading) && what.test(text));
    return isFair ? undefined : `${JSON.stringify(text)} is refused: ${reading}`;
  }
  const found = reading.filter((value) => value !== null);
  if (isDeepStrictEqual(found, expected)) return undefined;
  return `${JSON.stringify(text)} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
}
