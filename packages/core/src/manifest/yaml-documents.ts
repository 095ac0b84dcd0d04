import { manifestError, type ManifestDocument } from "./manifest-document.ts";
import { YamlNode } from "./yaml-node.ts";
import { yamlProblem } from "./yaml-problems.ts";
import { YamlTree } from "./yaml-tree.ts";

const separator = "---";
const byteOrderMark = "\uFEFF";
const lineWithMark = `\n${byteOrderMark}`;
// What few texts hold: control characters, ends of lines of Unicode, characters beyond U+FFFF, which the exact pattern is slow
// to tell from halves of them.
const suspicious = /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd]/;
const forbidden = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const directivesOnly = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*%[^\n]*\n(?:(?:%|[ \t]*#)[^\n]*\n|[ \t]*\r?\n)*$/;

/** Tells whether the text may hold line separators of Unicode. */
function refuseCharacters(text: string): boolean {
  const isSuspicious = suspicious.test(text);
  const at = isSuspicious ? text.search(forbidden) : -1;
  if (at >= 0) throw manifestError(text, at, "holds a control character, which YAML does not allow");
  for (let mark = text.indexOf(lineWithMark); mark >= 0; mark = text.indexOf(lineWithMark, mark + 1)) {
    const line = text.slice(text.lastIndexOf("\n", mark - 1) + 1, mark);
    if (!line.startsWith(separator))
      throw manifestError(text, mark + 1, "a byte order mark may stand only where a document begins");
  }
  return isSuspicious;
}

/** The pieces between the separators, as kubectl cuts them before it looks at YAML: at each line that begins with ---. */
function* pieces(text: string): Generator<{ start: number; end: number }, void, undefined> {
  let start = 0;
  for (let at = text.startsWith(separator) ? 0 : nextSeparator(text, 0); ; at = nextSeparator(text, at)) {
    if (at < 0) break;
    const lineEnd = text.indexOf("\n", at);
    const rest = text.slice(at + separator.length, lineEnd < 0 ? text.length : lineEnd).trim();
    // As the first line of a document kubectl reads it again, as YAML.
    const isComment = rest.startsWith("#") && (at > start || text.charAt(at + separator.length) !== "#");
    if (rest !== "" && !isComment)
      throw manifestError(text, at, "a line that begins with --- separates documents and may hold only a comment");
    // Directives belong to the document after their separator.
    if (!directivesOnly.test(text.slice(start, at))) {
      // What only introduces the first document is none.
      if (start > 0 || contentStart(text, 0) < at) yield { start, end: at };
      start = lineEnd < 0 ? text.length : lineEnd + 1;
    }
  }
  yield { start, end: text.length };
}

function nextSeparator(text: string, from: number): number {
  const at = text.indexOf(`\n${separator}`, from);
  return at < 0 ? -1 : at + 1;
}

function readPiece(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  mayHoldSeparators: boolean,
): ManifestDocument {
  const from = text.startsWith(byteOrderMark, start) ? start + 1 : start;
  const piece = text.slice(from, end);
  const fail = (place: number, problem: string): never => {
    throw manifestError(text, from + contentStart(piece, place), problem);
  };
  const tree = new YamlTree(piece, mayHoldSeparators, fail);
  let found: unknown[];
  try {
    found = tree.read();
  } catch (error) {
    const { place = contentStart(piece, tree.open), problem } = yamlProblem(error);
    throw manifestError(text, from + place, problem);
  }
  tree.checkSeparators();
  const [root, ...more] = found;
  const extra = more.find((value) => value instanceof YamlNode);
  if (extra !== undefined) fail(extra.start, "a document ended before; separate documents with a line of ---");
  return root instanceof YamlNode
    ? { json: root.meaning.json, start: from + contentStart(piece, root.start), isExact: !tree.hasLongNumber }
    : { json: "null", start };
}

/** The first place from `start` that is neither white space nor a comment. */
function contentStart(text: string, start: number): number {
  const gap = /(?:[ \t\r\n]+|#[^\r\n]*)*/y;
  gap.lastIndex = start;
  gap.test(text);
  return Math.min(gap.lastIndex, text.length);
}

/**
 * The documents of YAML text as JSON, with the meaning that kubectl gives it (sigs.k8s.io/yaml over go.yaml.in/yaml/v2); empty
 * ones are `null`. Each is read when it is asked for.
 * @throws InputError with line and column, for text that is not YAML or that JSON cannot say, equal keys, too much nesting, and
 * aliases that repeat too much.
 */
export function* yamlDocuments(source: string): Generator<ManifestDocument, void, undefined> {
  // Kubectl cuts the text into lines first, which makes one line end of \r\r\n; YAML would see two.
  const text = source.includes("\r\r\n") ? source.replaceAll("\r\n", "\n") : source;
  const mayHoldSeparators = refuseCharacters(text);
  for (const piece of pieces(text)) yield readPiece(text, piece, mayHoldSeparators);
}
