import { manifestError, maxDepth, type ManifestDocument } from "./manifest-document.ts";
import { quote } from "../input/quote.ts";

// Between documents: white space, and lines of `---` with perhaps a comment.
const gap = /(?:[ \t\r\n]+|^---[ \t]*(?:#.*)?$)*/my;

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at + 1;
  }
  return text.length;
}

function keyOf(literal: string): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal; // no JSON; whoever parses the document says so
  }
}

// Where the object or list that begins at `start` ends, or undefined if it does not. JSON.parse would let the last of equal
// keys win in silence, so they are found here.
function endOfDocument(text: string, start: number): number | undefined {
  const keys: (Set<string> | undefined)[] = [];
  for (let at = start; at < text.length; at++) {
    switch (text.charAt(at)) {
      case "{":
      case "[":
        if (keys.length === maxDepth)
          throw manifestError(text, at, `more than ${maxDepth} objects and lists inside each other`);
        keys.push(text.charAt(at) === "{" ? new Set() : undefined);
        break;
      case "}":
      case "]":
        keys.pop();
        if (keys.length === 0) return at + 1;
        break;
      case '"': {
        const end = endOfString(text, at);
        let next = end;
        while (next < text.length && " \t\r\n".includes(text.charAt(next))) next++;
        if (text.charAt(next) === ":") {
          const key = keyOf(text.slice(at, end));
          const known = keys.at(-1);
          if (known?.has(key))
            throw manifestError(text, at, `the key ${quote(key)} is there twice in one object; remove one`);
          known?.add(key);
        }
        at = next - 1;
      }
    }
  }
  return undefined;
}

/**
 * The documents of text that looks like JSON objects or lists, one after another as kubectl takes them, perhaps with `---`
 * between; undefined for other text, which may be YAML. Whether each is valid JSON is for its parser to say.
 * @throws InputError for equal keys in one object, and for too much nesting.
 */
export function jsonDocuments(text: string): ManifestDocument[] | undefined {
  const documents: ManifestDocument[] = [];
  for (let end: number | undefined = 0; ;) {
    gap.lastIndex = end;
    gap.test(text);
    const start = gap.lastIndex;
    if (start === text.length) return documents;
    if (text.charAt(start) !== "{" && text.charAt(start) !== "[") return undefined;
    end = endOfDocument(text, start);
    if (end === undefined) return undefined;
    documents.push({ json: text.slice(start, end), start });
  }
}
