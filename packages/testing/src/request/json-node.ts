/** A value of JSON with what JSON.parse forgets: how a number is written, the order of fields, and fields that stand twice. */
export type JsonNode =
  | { readonly is: "object"; readonly entries: readonly (readonly [key: string, value: JsonNode])[] }
  | { readonly is: "array"; readonly items: readonly JsonNode[] }
  | { readonly is: "string"; readonly value: string }
  | { readonly is: "number"; readonly text: string }
  | { readonly is: "bool"; readonly text: string }
  | { readonly is: "null" };

/** What Go says of a text that is no JSON (encoding/json scanner.go). */
export class JsonSyntaxError extends Error {}

/** Reads one value. @throws JsonSyntaxError */
export function readNode(text: string): JsonNode {
  const reader = new NodeReader(text);
  const node = reader.value("looking for beginning of value");
  reader.end();
  return node;
}

const mostDepth = 10_000;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class NodeReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `where` is what Go says of a character that cannot stand here. */
  value(where: string): JsonNode {
    this.#space();
    const first = this.#text[this.#at];
    switch (first) {
      case "{":
        return this.#within(() => this.#object());
      case "[":
        return this.#within(() => this.#array());
      case '"':
        return { is: "string", value: this.#string() };
      case "t":
        return { is: "bool", text: this.#literal("true") };
      case "f":
        return { is: "bool", text: this.#literal("false") };
      case "n":
        this.#literal("null");
        return { is: "null" };
      default:
        return first === "-" || isDigit(first) ? { is: "number", text: this.#number() } : this.#fail(where);
    }
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail("after top-level value");
  }

  #within(read: () => JsonNode): JsonNode {
    this.#at += 1;
    if (++this.#depth > mostDepth) throw new JsonSyntaxError("exceeded max depth");
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #object(): JsonNode {
    const entries: (readonly [string, JsonNode])[] = [];
    this.#space();
    if (this.#take("}")) return { is: "object", entries };
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail("looking for beginning of object key string");
      const key = this.#string();
      this.#space();
      if (!this.#take(":")) this.#fail("after object key");
      entries.push([key, this.value("looking for beginning of value")]);
      this.#space();
      if (this.#take("}")) return { is: "object", entries };
      if (!this.#take(",")) this.#fail("after object key:value pair");
    }
  }

  #array(): JsonNode {
    const items: JsonNode[] = [];
    this.#space();
    if (this.#take("]")) return { is: "array", items };
    for (;;) {
      items.push(this.value("looking for beginning of value"));
      this.#space();
      if (this.#take("]")) return { is: "array", items };
      if (!this.#take(",")) this.#fail("after array element");
    }
  }

  #string(): string {
    let made = "";
    this.#at += 1;
    for (;;) {
      const start = this.#at;
      while (isPlain(this.#text[this.#at])) this.#at += 1;
      made += this.#text.slice(start, this.#at);
      if (this.#take('"')) return made;
      if (!this.#take("\\")) this.#fail("in string literal");
      made += this.#escape();
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at];
    if (letter === "u") {
      this.#at += 1;
      const start = this.#at;
      while (this.#at < start + 4) {
        if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? "")) this.#fail("in \\u hexadecimal character escape");
        this.#at += 1;
      }
      return String.fromCharCode(Number.parseInt(this.#text.slice(start, this.#at), 16));
    }
    const meant = letter === undefined ? undefined : escapes[letter];
    if (meant === undefined) return this.#fail("in string escape code");
    this.#at += 1;
    return meant;
  }

  #number(): string {
    const start = this.#at;
    this.#take("-");
    if (!this.#take("0")) this.#digits("in numeric literal");
    if (this.#take(".")) this.#digits("after decimal point in numeric literal");
    if (this.#take("e") || this.#take("E")) {
      if (!this.#take("+")) this.#take("-");
      this.#digits("in exponent of numeric literal");
    }
    return this.#text.slice(start, this.#at);
  }

  #digits(where: string): void {
    if (!isDigit(this.#text[this.#at])) this.#fail(where);
    while (isDigit(this.#text[this.#at])) this.#at += 1;
  }

  #literal(word: string): string {
    for (let index = 0; index < word.length; index++)
      if (!this.#take(word[index]!)) this.#fail(`in literal ${word} (expecting '${word[index]!}')`);
    return word;
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #fail(where: string): never {
    // At the end Go looks whether a space could stand there.
    const found =
      this.#text[this.#at] ??
      ((where.startsWith("in ") && where !== "in string literal") || where.startsWith("after decimal")
        ? " "
        : undefined);
    if (found === undefined) throw new JsonSyntaxError("unexpected end of JSON input");
    throw new JsonSyntaxError(`invalid character ${quoted(found)} ${where}`);
  }
}

/** Whether it stands for itself in a string. */
function isPlain(character: string | undefined): boolean {
  return character !== undefined && character >= " " && character !== '"' && character !== "\\";
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

/** As Go quotes one byte of the text. */
function quoted(character: string): string {
  if (character === "'") return String.raw`'\''`;
  if (character === '"') return `'"'`;
  const byte = new TextEncoder().encode(character)[0]!;
  const text = byte < 0x80 ? JSON.stringify(character).slice(1, -1) : String.fromCharCode(byte);
  return `'${text.replace(/^\\u00/, String.raw`\x`)}'`;
}
