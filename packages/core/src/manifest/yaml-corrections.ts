import type { LoaderState } from "./yaml-loader.ts";
import type { Fail } from "./yaml-node.ts";

// Where js-yaml finds other nodes or other text than kubectl (go.yaml.in/yaml/v2 scannerc.go), and what is done about it. Within
// [ ] and { } indentation means nothing to kubectl, also for plain text, and a colon belongs to plain text unless white space
// follows. Where js-yaml takes what kubectl refuses, it is refused if it looks like a slip.

const anchorName = /^[\w-]+$/;
const loneSurrogate = /\p{Surrogate}/u;
// Beyond the last character of Unicode.
const impossibleCharacter = /(?:^|[^\\])(?:\\\\)*\\U(?!00(?:0|10))/;
// After an escaped line end the library drops empty lines, which kubectl keeps.
const emptyLineAfterEscape = /(?:^|[^\\])(?:\\\\)*\\(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]/;
const beforeContent = /(?:[ \t\r\n]|#[^\r\n]*|[!&][^ \t\r\n]*)*/y;
// A tag or an anchor, and on a later line another, which the library takes for the same node even if it belongs to the next key.
const propertiesOnLines =
  /(?:\s|#[^\r\n]*(?=[\r\n]))*[!&]\S*(?:[ \t]+[!&]\S*)*[ \t]*(?:#[^\r\n]*)?[\r\n](?:\s|#[^\r\n]*(?=[\r\n]))*[!&]/y;
const sameLineContent = /[ \t]*(?:[!&][^ \t\r\n]*[ \t]+)*[^ \t\r\n#{!&]/y;
const somethingElse = /[ \t]*[^ \t\r\n#:,\]}\0]/y;
const documentEnd = /(?<=[\r\n])\.{3}(?=\s)/y;
const lineBreaks = /[ \t]*(?:\r\n?|\n)[ \t\r\n]*/y;
// Plain text within brackets up to a blank: kubectl ends it at a colon only before white space.
const plainWord = /(?:[^\s\0,?[\]{}:]|:(?![ \t\r\n]))+/y;

function matchesAt(pattern: RegExp, text: string, place: number): boolean {
  pattern.lastIndex = place;
  return pattern.test(text);
}

/** The first character of the node that the library began to look for at `start`, after its tag and anchor. */
function firstCharacter(text: string, start: number): string {
  matchesAt(beforeContent, text, start);
  return text.charAt(beforeContent.lastIndex);
}

/** A node that is being read. */
export interface Place {
  /** Where the library began to look for it. */
  start: number;
  /** Whether it begins with a bracket, once that was asked. */
  isFlow: boolean | undefined;
}

/** Looks at a node that was just read, and corrects it or ends the reading. `parent` is the node around it. */
export function correct(state: LoaderState, { start }: Place, parent: Place | undefined, fail: Fail): void {
  const { anchor, input, kind, position, tag } = state;
  if (anchor !== null && !anchorName.test(anchor))
    fail(start, "the name of an anchor may hold only letters, digits, - and _");
  if (tag === "tag:yaml.org,2002:") fail(start, "a tag needs a name after !!");
  if ((anchor !== null || (tag !== null && tag !== "?")) && matchesAt(propertiesOnLines, input, start))
    fail(start, "a tag or an anchor, and another on a later line; write them on one line, or the first alone");
  if (kind === "sequence" && Array.isArray(state.result) && state.result.includes(null))
    checkDashes(state, start, fail);
  if (kind === "mapping" && input.charAt(position - 1) !== "}") checkFirstLine(input, start, fail);
  if (kind !== null && `"']}`.includes(input.charAt(position - 1))) checkEnd(state, start, fail);
  if (kind !== "scalar" || typeof state.result !== "string" || tag === null) return;
  // An explicit tag tells nothing about quotes.
  if (tag !== "?" && `"'|>`.includes(firstCharacter(input, start))) return;
  if (parent === undefined) return;
  parent.isFlow ??= "[{".includes(firstCharacter(input, parent.start));
  if (parent.isFlow) correctPlainInFlow(state, start, fail);
}

/** Takes from `separators` those that a text in quotes may hold: kubectl drops no white space around them, and changes none. */
export function acceptSeparators(state: LoaderState, start: number, separators: Set<number>): void {
  const { input, kind, position, tag } = state;
  if (kind !== "scalar" || tag === "?" || !`"'`.includes(input.charAt(position - 1))) return;
  for (const place of separators) {
    const around = input.slice(place - 1, place + 2);
    if (place > start && place < position && /^\S-\S$/.test(around.replace(/[\u2028\u2029]/g, "-")))
      separators.delete(place);
  }
}

// In `a: !t b: c` the library would read a map in the line of its key.
function checkFirstLine(input: string, start: number, fail: Fail): void {
  if (input.charAt(start - 1) !== ":" || !matchesAt(sameLineContent, input, start)) return;
  const line = input.slice(input.lastIndexOf("\n", start - 1) + 1, start - 1);
  if (line.trim() !== "") fail(start, "a value with ': ' in it needs quotes");
}

// After an empty item the library takes items of the list around it: `- -` and on the next line `- a`.
function checkDashes({ input, position }: LoaderState, start: number, fail: Fail): void {
  const first = firstCharacter(input, start);
  const dash = beforeContent.lastIndex;
  if (first !== "-") return;
  const column = dash - lineStartOf(input, dash);
  for (const { index, 1: indentation = "" } of input.slice(dash, position).matchAll(/[\r\n]( *)-(?=\s)/g))
    if (indentation.length < column)
      fail(dash + index + 1, "an item after an empty list in a list; write the empty one as [null]");
}

function lineStartOf(input: string, place: number): number {
  return Math.max(input.lastIndexOf("\n", place), input.lastIndexOf("\r", place)) + 1;
}

function checkEnd({ input, kind, position, result }: LoaderState, start: number, fail: Fail): void {
  if (matchesAt(somethingElse, input, position))
    fail(position, "something follows a closing quote or bracket; text with quotes or brackets in it needs quotes");
  if (kind !== "scalar" || typeof result !== "string" || input.charAt(position - 1) !== '"') return;
  if (emptyLineAfterEscape.test(input.slice(start, position)))
    fail(start, "an empty line after a \\ at the end of a line; write \\n instead");
  if (loneSurrogate.test(result) || impossibleCharacter.test(input.slice(start, position)))
    fail(start, "an escape is not a character; those beyond U+FFFF are written \\U and eight digits");
}

function correctPlainInFlow(state: LoaderState, start: number, fail: Fail): void {
  const { input } = state;
  let text = String(state.result);
  for (let end: number; matchesAt(lineBreaks, input, state.position); state.position = end) {
    const next = lineBreaks.lastIndex;
    end = endOfPlainLine(input, next);
    if (end === next || matchesAt(documentEnd, input, next)) break;
    const skipped = input.slice(state.position, next);
    text += folded(skipped) + input.slice(next, end);
    state.line += lineBreaksIn(skipped);
    state.lineStart = state.position + Math.max(skipped.lastIndexOf("\n"), skipped.lastIndexOf("\r")) + 1;
    state.lineIndent = next - state.lineStart;
  }
  if (text.includes("?")) fail(start, "text with a question mark needs quotes within [ ] and { }");
  if (input.charAt(state.position) === ":" && /[,[\]{}]/.test(input.charAt(state.position + 1))) {
    if (text.startsWith(":")) fail(start, "text that begins and ends with a colon needs quotes within [ ] and { }");
    const { 0: before = "" } = /\s*$/.exec(input.slice(start, state.position)) ?? [];
    text += `${folded(before)}:`;
    state.position++;
  }
  state.result = text;
}

function lineBreaksIn(gap: string): number {
  return gap.match(/\r\n?|\n/g)?.length ?? 0;
}

/** What white space within plain text stands for: itself, and over lines one space or the empty lines. */
function folded(gap: string): string {
  const breaks = lineBreaksIn(gap);
  if (breaks === 0) return gap;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

function endOfPlainLine(input: string, start: number): number {
  let end = start;
  for (let at = start; input.charAt(at) !== "#" && matchesAt(plainWord, input, at);) {
    end = plainWord.lastIndex;
    for (at = end; " \t".includes(input.charAt(at) || "-"); at++);
    if (at === end) break;
  }
  return end;
}
