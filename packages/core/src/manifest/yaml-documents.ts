import type * as Library from "yaml";
import type { CST, Document, Node, YAMLMap, YAMLSeq } from "yaml";
import { quote } from "../selectors/quote.ts";
import { manifestError, maxDepth, type ManifestDocument } from "./manifest-document.ts";
import { resolveScalar, scalarKey, type Scalar } from "./yaml-scalar.ts";

/** The yaml package, which the caller loads when it is needed. */
type Yaml = typeof Library;

// The library finds the structure; what the scalars mean is decided here, so every plain one comes as text. Equal keys
// are looked for here too: the library compares each key with all others.
const options = {
  version: "1.1",
  schema: "failsafe",
  resolveKnownTags: false,
  uniqueKeys: false,
  logLevel: "silent",
} as const;

// How many characters of JSON the aliases of one document may repeat. Etcd takes objects of 1.5 MiB.
const maxRepeated = 1024 * 1024;

/** A node as JSON, how deep it goes, and what it was: a scalar, which may be a key, or a map, which may be merged. */
interface Written {
  readonly json: string;
  readonly height: number;
  readonly scalar?: Scalar;
  readonly entries?: ReadonlyMap<string, string>;
}

// Over the library's syntax tree: its composer drops, in silence, a list that stands where the value of a `? key` should be.
function checkKeys(text: string, token: CST.Token): void {
  const left: CST.Token[] = [token];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.type === "document" && next.value) left.push(next.value);
    if (!("items" in next)) continue;
    for (const { key, sep, value } of next.items) {
      if (next.type === "block-map" && value && !sep?.some(({ type }) => type === "map-value-ind")) {
        throw manifestError(text, value.offset, "a key is without its ':'");
      }
      if (key) left.push(key);
      if (value) left.push(value);
    }
  }
}

// The parser's stack holds the document and what is open in it. It is watched while it grows: a megabyte of brackets would take
// seconds, and the composer works by recursion.
function* parseTokens(yaml: Yaml, text: string): Generator<CST.Token, void, undefined> {
  const parser = new yaml.Parser();
  for (const lexeme of new yaml.Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > maxDepth + 2) {
      throw manifestError(text, parser.offset, `more than ${maxDepth} maps and lists inside each other`);
    }
  }
  yield* parser.end();
}

/** Writes one document as JSON. Aliases stand after what they repeat, so one walk in order knows every anchor. */
class DocumentWriter {
  readonly #yaml: Yaml;
  readonly #text: string;
  readonly #anchors = new Map<string, Written | undefined>();
  #repeated = 0;

  constructor(yaml: Yaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
  }

  write(node: Node | null, depth: number): Written {
    const { isAlias, isMap, isScalar, isSeq } = this.#yaml;
    if (isAlias(node)) return this.#repeat(node, node.source, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    // Known, but not yet written: an alias within means that the anchor holds itself.
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const written = isMap(node) ? this.#map(node, depth) : isSeq(node) ? this.#list(node, depth) : this.#scalar(node);
    if (anchor !== undefined) this.#anchors.set(anchor, written);
    return written;
  }

  #fail(node: Node | null, problem: string): never {
    throw manifestError(this.#text, node?.range?.[0] ?? 0, problem);
  }

  #repeat(node: Node, anchor: string, depth: number): Written {
    const written = this.#anchors.get(anchor);
    if (written === undefined) {
      this.#fail(
        node,
        this.#anchors.has(anchor)
          ? "the anchor of this alias holds itself"
          : "there is no anchor of this name before this alias; text that begins with * needs quotes",
      );
    }
    if (depth + written.height > maxDepth)
      this.#fail(node, `with this alias there are more than ${maxDepth} maps and lists inside each other`);
    this.#repeated += written.json.length;
    if (this.#repeated > maxRepeated)
      this.#fail(node, `up to this alias the aliases of the document repeat more than ${maxRepeated} characters`);
    return written;
  }

  #scalar(node: Node | null): Written {
    const { isScalar } = this.#yaml;
    const value = isScalar(node) && typeof node.value === "string" ? node.value : "";
    const isPlain = !isScalar(node) || node.type === undefined || node.type === "PLAIN";
    const scalar = resolveScalar(value, node?.tag, isPlain);
    if (typeof scalar === "string") this.#fail(node, `the value ${scalar}`);
    return { json: scalar.json, height: 0, scalar };
  }

  #list(list: YAMLSeq, depth: number): Written {
    // Appended, not joined: joining would copy everything below once for every level.
    let json = "";
    let height = 0;
    for (const item of list.items) {
      const written = this.write(item as Node | null, depth + 1);
      json += (json && ",") + written.json;
      height = Math.max(height, written.height);
    }
    return { json: `[${json}]`, height: height + 1 };
  }

  // In the order of the text, as yaml v2 of Go has it: a merge key replaces what stands before it.
  #map(map: YAMLMap, depth: number): Written {
    const entries = new Map<string, string>();
    const own = new Set<string>();
    let height = 0;
    for (const pair of map.items) {
      const [key, value] = [pair.key as Node | null, pair.value as Node | null];
      if (this.#isMergeKey(key)) {
        height = Math.max(height, this.#merge(value ?? key, entries, depth));
        continue;
      }
      const name = this.#key(key, value ?? map);
      if (own.has(name)) this.#fail(key, `the key ${quote(name)} is there twice in one map; remove one`);
      own.add(name);
      const written = this.write(value, depth + 1);
      entries.set(name, written.json);
      height = Math.max(height, written.height);
    }
    let json = "";
    for (const [name, value] of entries) json += `${json && ","}${JSON.stringify(name)}:${value}`;
    return { json: `{${json}}`, height: height + 1, entries };
  }

  #key(key: Node | null, place: Node): string {
    const { scalar } = this.write(key, 0);
    const name = scalar && scalarKey(scalar);
    if (name === undefined) this.#fail(key ?? place, "a key must be text, a number or a boolean");
    return name;
  }

  #merge(node: Node, into: Map<string, string>, depth: number): number {
    let height = 0;
    // Of several the earlier wins, so the last goes first.
    for (const source of this.#yaml.isSeq(node) ? (node.items as (Node | null)[]).toReversed() : [node]) {
      const written = this.write(source, depth);
      if (!written.entries) this.#fail(source ?? node, "only maps can be merged by '<<'");
      for (const [name, value] of written.entries) into.set(name, value);
      height = Math.max(height, written.height - 1);
    }
    return height;
  }

  #isMergeKey(key: Node | null): key is Node {
    if (!this.#yaml.isScalar(key) || key.value !== "<<") return false;
    return key.tag === "tag:yaml.org,2002:merge" || (key.tag === undefined && key.type === "PLAIN");
  }
}

// Some of the library's messages end with a part of the text, which may be a Secret's: a password that begins with | or !, say.
function unquoted(message: string): string {
  return message.replace(/(?<=\w): .*|(?<=escape sequence) .*/s, "");
}

/**
 * The documents of YAML text as JSON, with the meaning that kubectl gives it (sigs.k8s.io/yaml over go.yaml.in/yaml/v2); empty
 * ones are `null`.
 * @throws InputError with the line, for text that is no YAML or that JSON cannot say, equal keys, too much nesting, and
 * aliases that repeat too much.
 */
export function yamlDocuments(yaml: Yaml, text: string): ManifestDocument[] {
  const forbidden = text.search(/[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  if (forbidden >= 0) throw manifestError(text, forbidden, "holds a control character, which YAML does not allow");
  const separator = text.search(/^---[^ \t\r\n]/m);
  if (separator >= 0)
    throw manifestError(text, separator, "a line that begins with --- separates documents and may hold only a comment");
  const documents: ManifestDocument[] = [];
  const add = ({ contents, errors, range }: Document.Parsed): void => {
    const error = errors[0];
    if (error) throw manifestError(text, error.pos[0], unquoted(error.message));
    const { json } = new DocumentWriter(yaml, text).write(contents, 0);
    documents.push({ json, start: contents?.range[0] ?? range[0] });
  };
  const composer = new yaml.Composer(options);
  for (const token of parseTokens(yaml, text)) {
    checkKeys(text, token);
    for (const document of composer.next(token)) add(document);
  }
  for (const document of composer.end()) add(document);
  return documents;
}
