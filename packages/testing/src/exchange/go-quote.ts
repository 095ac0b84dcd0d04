const short: Readonly<Record<string, string>> = {
  "\u0007": String.raw`\a`,
  "\b": String.raw`\b`,
  "\f": String.raw`\f`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  "\v": String.raw`\v`,
  '"': String.raw`\"`,
  "\\": String.raw`\\`,
};

/** For Go, of all spaces only the plain one can be printed. */
const special = /["\\]|(?! )[\p{C}\p{Z}]/gu;

/** A text as Go's `%q` shows it. */
export function goQuote(text: string): string {
  return `"${text.replaceAll(special, (character) => short[character] ?? escaped(character.codePointAt(0)!))}"`;
}

function escaped(code: number): string {
  const digits = code.toString(16);
  if (code < 0x80) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x1_00_00 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}
