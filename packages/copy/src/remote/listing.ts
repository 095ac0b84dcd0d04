/** How a `tar` writes a name: GNU's puts backslashes before some characters, busybox's writes every name as it is. */
type Form = "escaped" | "plain";

/** Compares what `tar -v` lists, as it comes, with the names of what was sent, in this form. */
class InForm {
  readonly #form: Form;
  readonly #rest: Buffer[] = [];
  /** The beginning of a name that has not come whole. */
  #waiting = Buffer.alloc(0);
  fits = true;

  constructor(form: Form) {
    this.#form = form;
  }

  /** A name that was sent, and not found yet. */
  expect(name: Buffer): void {
    if (this.fits) this.#rest.push(name);
  }

  push(bytes: Uint8Array): void {
    if (!this.fits) return;
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    let from = 0;
    let used = 0;
    for (const name of this.#rest) {
      const end = this.#form === "plain" ? plainEnd(this.#waiting, from, name) : escapedEnd(this.#waiting, from, name);
      if (end === undefined) break;
      used += 1;
      from = end;
    }
    this.#rest.splice(0, used);
    this.#waiting = this.#waiting.subarray(from);
    // What is not the next name, whatever comes behind it, will never be one.
    if (this.#waiting.length > longestLine(this.#rest[0])) this.fits = false;
  }

  /** How many names are missing. */
  get missing(): number {
    return this.#rest.length;
  }

  get isComplete(): boolean {
    return this.fits && this.#rest.length === 0 && this.#waiting.length === 0;
  }
}

/** What a line can have at most: four characters for each byte, a slash, the newline. */
function longestLine(name: Buffer | undefined): number {
  return name === undefined ? 0 : 4 * name.length + 2;
}

const newline = 0x0a;
const slash = 0x2f;
const backslash = 0x5c;

/** Where the line of the name ends; undefined where it is another, or has not come whole. */
function plainEnd(bytes: Buffer, from: number, name: Buffer): number | undefined {
  if (!bytes.subarray(from, from + name.length).equals(name)) return undefined;
  const behind = from + name.length;
  if (bytes[behind] === newline) return behind + 1;
  return bytes[behind] === slash && bytes[behind + 1] === newline ? behind + 2 : undefined;
}

function escapedEnd(bytes: Buffer, from: number, name: Buffer): number | undefined {
  const end = bytes.indexOf(newline, from);
  if (end === -1) return undefined;
  const listed = unescaped(bytes.subarray(from, end));
  const plain = listed.at(-1) === slash ? listed.subarray(0, -1) : listed;
  return plain.equals(name) ? end + 1 : undefined;
}

const letters: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** GNU's quoting style "escape". */
function unescaped(line: Buffer): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < line.length; at++) {
    const byte = line[at] ?? 0;
    if (byte !== backslash) {
      bytes.push(byte);
      continue;
    }
    const octal = /^[0-7]{3}/.exec(line.toString("latin1", at + 1, at + 4))?.[0];
    const next = line[at + 1] ?? backslash;
    bytes.push(octal === undefined ? (letters[String.fromCharCode(next)] ?? next) : Number.parseInt(octal, 8));
    at += octal === undefined ? 1 : 3;
  }
  return Buffer.from(bytes);
}

/** Whether `tar` has listed all that it was sent, and nothing else, in either form. */
export class Listing {
  readonly #forms = [new InForm("escaped"), new InForm("plain")];
  #sent = 0;

  /** An entry goes to `tar` under this name. */
  sent(name: string): void {
    this.#sent += 1;
    const bytes = Buffer.from(name.endsWith("/") ? name.slice(0, -1) : name);
    for (const form of this.#forms) form.expect(bytes);
  }

  /** What `tar` lists. */
  push(bytes: Uint8Array): void {
    for (const form of this.#forms) form.push(bytes);
  }

  /** Why it is not whole; undefined where it is. */
  whatIsMissing(): string | undefined {
    if (this.#forms.some(({ isComplete }) => isComplete)) return undefined;
    const missing = Math.min(...this.#forms.map(({ fits, missing: left }) => (fits ? left : Infinity)));
    if (missing === Infinity || missing === 0) return "tar in the container listed other names than it was sent";
    return `tar in the container listed ${this.#sent - missing} of the ${this.#sent} entries that it was sent`;
  }
}
