import { isPlainText } from "./yaml-scalar.ts";

// How kubectl writes a text: go.yaml.in/yaml/v2 encode.go (stringv) and emitterc.go, with lines of 80 characters. Lines end only
// at \n; other line ends are escaped, which kubectl does not always do, and then loses white space beside them.

const bestWidth = 80;
const notPrintable = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
// What would mean something else than text where a plain scalar stands.
const indicator = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?: |$)|---|\.\.\.)|:(?: |$)| #/;
const spaceAtAnEnd = /^ | $/;

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const time =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?))?$/;

const escapes: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\u2028": "L",
  "\u2029": "P",
};

/** Where a text stands. */
export interface TextPlace {
  /** How far its further lines are indented. */
  readonly indent: number;
  /** In which column it begins; undefined for a key before its colon, which is one line. */
  readonly column: number | undefined;
}

/** A text as YAML. It ends with a line end only if it is a block whose text does. */
export function yamlText(text: string, place: TextPlace): string {
  const isPrintable = !notPrintable.test(text);
  if (text.includes("\n")) {
    const isBlock = isPrintable && place.column !== undefined && !text.includes(" \n") && !text.endsWith(" ");
    return isBlock ? literal(text, place.indent) : doubleQuoted(text, place);
  }
  if (!isPrintable || !isPlainText(text) || base60.test(text) || isTime(text)) return doubleQuoted(text, place);
  return indicator.test(text) || spaceAtAnEnd.test(text) ? singleQuoted(text, place) : folded(text, place);
}

// Go's time.Parse takes no day that the month does not have.
function isTime(text: string): boolean {
  const found = time.exec(text);
  if (found === null) return false;
  const [year = 0, month = 0, day = 0, ...clock] = found.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (month < 1 || month > 12 || day < 1 || date.getUTCDate() !== day) return false;
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0, hour2 = 0, minute2 = 0, second2 = 0] = clock;
  const isClock = hour < 24 && minute < 60 && second < 60 && hour2 < 24 && minute2 < 60 && second2 < 60;
  return isClock && zoneHour <= 24 && zoneMinute <= 60;
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? "2" : "";
  const chomp = !text.endsWith("\n") ? "-" : text === "\n" || text.endsWith("\n\n") ? "+" : "";
  return `|${hint}${chomp}\n${text.replace(/^(?=[^\n])/gm, " ".repeat(indent))}`;
}

function singleQuoted(text: string, { indent, column }: TextPlace): string {
  // The column before the character at a place: quotes count twice.
  return `'${folded(text.replaceAll("'", "''"), { indent, column: column === undefined ? undefined : column + 1 })}'`;
}

/** Lines end at single spaces beyond the width, but neither at the first character nor at the last. */
function folded(text: string, { indent, column: start }: TextPlace): string {
  if (start === undefined || start + text.length <= bestWidth) return text;
  let column = start;
  const characters = Array.from(text);
  return characters
    .map((character, at) => {
      const isAlone = character === " " && characters[at - 1] !== " " && characters[at + 1] !== " ";
      if (isAlone && column > bestWidth && at > 0 && at < characters.length - 1) {
        column = indent;
        return `\n${" ".repeat(indent)}`;
      }
      column++;
      return character;
    })
    .join("");
}

function doubleQuoted(text: string, { indent, column: start }: TextPlace): string {
  let column = (start ?? 0) + 1;
  const characters = Array.from(text);
  const inside = characters.map((character, at) => {
    const mayBreak = start !== undefined && column > bestWidth && at > 0 && at < characters.length - 1;
    if (mayBreak && character === " " && characters[at - 1] !== " ") {
      // White space at the beginning of a line would be dropped.
      const next = characters[at + 1] === " " ? "\\" : "";
      column = indent + next.length;
      return `\n${" ".repeat(indent)}${next}`;
    }
    const written = escaped(character);
    column += written.length === 2 && !written.startsWith("\\") ? 1 : written.length;
    return written;
  });
  return `"${inside.join("")}"`;
}

function escaped(character: string): string {
  const short = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
  if (short !== undefined) return `\\${short}`;
  if (!notPrintable.test(character)) return character;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  const [mark, digits] = hex.length <= 2 ? ["x", 2] : hex.length <= 4 ? ["u", 4] : ["U", 8];
  return `\\${mark}${hex.padStart(digits, "0")}`;
}
