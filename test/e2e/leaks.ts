import { inspect } from "node:util";

// Every planted secret begins with it, so that a part of one is found too. No other text of the tests holds it.
const mark = "xkanarix";

/** A secret that must never come to light; `kind` says which one it was. */
export function canary(kind: string): string {
  return `${mark}-${kind}-${Math.random().toString(36).slice(2, 10)}`;
}

/** A piece of text that somebody could see. */
interface Seen {
  readonly where: string;
  readonly text: string;
}

/** Collects what people and logs see, and looks for secrets in it. */
export interface LeakSearch {
  /** A secret without the mark, such as a real token or key. Each line of it counts by itself. */
  secret(kind: string, text: string): void;
  /** Takes a value in every way that a program could print it: an error with its stack and causes, an object with all it hides. */
  look(where: string, value: unknown, depth?: number): void;
  /** How many pieces of text were taken. */
  readonly looked: number;
  /** The secrets that were found: what, where, and the text around. */
  hits(): readonly string[];
}

export function searchForLeaks(): LeakSearch {
  const needles: [kind: string, needle: string][] = [["canary", mark]];
  for (const needle of base64Of(mark)) needles.push(["canary in base64", needle]);
  const bytes = Buffer.from(mark);
  needles.push(["canary in an inspected Buffer", bytes.toString("hex").replace(/..(?=.)/g, "$& ")]);
  needles.push(["canary in a Buffer's JSON", bytes.join(",")]);
  const seen: Seen[] = [];

  const take = (where: string, text: string | undefined): void => {
    if (text !== undefined) seen.push({ where, text });
  };
  const look = (where: string, value: unknown, depth = Infinity): void => {
    const hidden = { depth, showHidden: true, maxArrayLength: null, maxStringLength: null } as const;
    take(`${where}, inspected`, inspect(value, hidden));
    take(`${where}, inspected as consoles do`, inspect(value));
    take(`${where}, as text`, asText(value));
    take(`${where}, as JSON`, asJson(value));
    if (!(value instanceof Error)) return;
    take(`${where}, message`, value.message);
    take(`${where}, stack`, value.stack);
    if (value.cause !== undefined) look(`${where}, cause`, value.cause, depth);
    if (value instanceof AggregateError) for (const error of value.errors) look(`${where}, errors`, error, depth);
  };

  return {
    secret(kind, text) {
      for (const line of text.split("\n")) {
        // The frame of a PEM and its last, short line are no secrets.
        if (line.length < 16 || line.startsWith("-----")) continue;
        needles.push([kind, line.slice(0, 40)]);
        for (const needle of base64Of(line.slice(0, 40))) needles.push([`${kind} in base64`, needle]);
      }
    },
    look,
    get looked() {
      return seen.length;
    },
    hits() {
      return seen.flatMap(({ where, text }) =>
        needles.flatMap(([kind, needle]) => {
          const at = text.indexOf(needle);
          return at < 0 ? [] : [`${kind} in ${where}: …${text.slice(Math.max(0, at - 60), at + needle.length + 40)}…`];
        }),
      );
    },
  };
}

/** How the text looks within base64, wherever in the encoded bytes it stands. */
function base64Of(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${"?".repeat(before)}${text}`)
      .toString("base64")
      .replace(/=+$/, "");
    // The first and the last characters depend on what stands beside.
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
}

function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    // An object without a prototype.
    return "";
  }
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // It contains itself, or a bigint: JSON does not show it.
    return undefined;
  }
}
