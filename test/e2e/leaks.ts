import { spellingsOf } from "../../tools/vitest/secrets-in.ts";
import { viewsOf } from "../secrets/views.ts";

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
  for (const needle of spellingsOf(mark)) needles.push(["canary in another spelling", needle]);
  const seen: Seen[] = [];

  return {
    secret(kind, text) {
      for (const line of text.split("\n")) {
        // The frame of a PEM and its last, short line are no secrets.
        if (line.length < 16 || line.startsWith("-----")) continue;
        needles.push([kind, line.slice(0, 40)]);
        for (const needle of spellingsOf(line.slice(0, 40))) needles.push([`${kind} in another spelling`, needle]);
      }
    },
    look(where, value, depth) {
      for (const { how, text } of viewsOf(value, depth)) seen.push({ where: `${where}, ${how}`, text });
    },
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
