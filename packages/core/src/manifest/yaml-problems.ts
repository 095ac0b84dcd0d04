import { isKubeError } from "../errors/kube-error.ts";
import { maxDepth } from "./manifest-document.ts";

/** What the library says, by how it begins, and how we say it. Its own texts may quote what stands there: a password, say. */
const sentences: readonly (readonly [reason: string, problem: string, atOpening?: true])[] = [
  ["nesting exceeded", `more than ${maxDepth} maps and lists inside each other`],
  ["a line break is expected", "only a comment may follow | or > in this line"],
  ["unexpected end of the document within a single", "the text in single quotes has no end", true],
  ["unexpected end of the stream within a single", "the text in single quotes has no end", true],
  ["unexpected end of the document within a double", "the text in double quotes has no end", true],
  ["unexpected end of the stream within a double", "the text in double quotes has no end", true],
  ["unexpected end of the stream within a flow", "there is no closing bracket for this [ or {", true],
  ["unexpected end of the stream within a verbatim", "a tag has no closing >", true],
  ["expected hexadecimal", "\\x, \\u and \\U need two, four and eight hexadecimal digits"],
  ["unknown escape", "there is no such escape in double quotes; a backslash is written \\\\"],
  ["missed comma", "a comma or a closing bracket is missing; text with brackets or quotes in it needs quotes"],
  ["expected the node content", "there is nothing before this comma"],
  ["repeat of", "| and > take at most one of + and -, and one digit"],
  ["bad explicit indentation", "the indentation after | or > must be at least 1"],
  ["missing indentation for block scalar", "the text of | or > must be indented"],
  ["tab characters", "tabs cannot indent; use spaces"],
  ["bad indentation", "wrong indentation, or text with ': ' in it that needs quotes"],
  ["incomplete explicit", "there is no key before this ':'"],
  ["a whitespace character", "a space is missing after this ':'"],
  ["can not read an implicit", "a key is without its ':'"],
  ["can not read a block mapping", "a key and its ':' must stand on one line"],
  ["duplication of a tag", "a value can have only one tag"],
  ["duplication of an anchor", "a value can have only one anchor"],
  ["tag ", "the tag is not valid; text that begins with ! needs quotes"],
  ["named tag", "the tag is not valid; text that begins with ! needs quotes"],
  ["undeclared tag", "the tag is not declared; text that begins with ! needs quotes"],
  ["unacceptable node kind", "the tag does not fit the value"],
  [
    "unidentified alias",
    "there is no anchor of this name before this alias; text that begins with * needs quotes",
    true,
  ],
  ["name of an a", "* or & needs a name; as text it needs quotes"],
  ["alias node", "an alias can have neither a tag nor an anchor"],
  ["end of the stream or a document", "this belongs to nothing before it; look at the indentation"],
  ["expected a single", "a document ended before; separate documents with a line of ---"],
];

interface LibraryError {
  readonly reason: string;
  readonly mark?: { readonly position: number };
}

function isLibraryError(error: unknown): error is LibraryError {
  return error instanceof Error && error.name === "YAMLException" && "reason" in error;
}

/**
 * Why the library gave up, in our words, and where; without a place it is the innermost node that has no end. An error that is
 * not the library's is thrown.
 */
export function yamlProblem(error: unknown): { readonly place: number | undefined; readonly problem: string } {
  if (isKubeError(error) || !isLibraryError(error)) throw error;
  const found = sentences.find(([reason]) => error.reason.startsWith(reason));
  const [, problem = "not valid YAML", atOpening = false] = found ?? [];
  return { place: atOpening ? undefined : error.mark?.position, problem };
}
