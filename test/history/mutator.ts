import type { SeededRandom } from "./seeded-random.ts";

/** One change of a collection, not yet made. */
export type Mutation =
  | {
      readonly do: "create" | "recreate";
      readonly name: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | { readonly do: "update"; readonly name: string; readonly text: string }
  | { readonly do: "relabel"; readonly name: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly do: "delete"; readonly name: string };

/** Makes up changes that fit what is there: by the mutator's own account, so that a seed always means the same changes. */
export interface Mutator {
  next(): Mutation;
}

/** Characters of one to four bytes, and such as JSON or a line reader may trip over. */
const characters = ["a", "é", "€", "😀", "\u2028", "\ufeff", '"', "\\", "\n", "<", "\u0000", "𝄞"];

/** Changes objects of at most `names` names; the label `app` is `web` or `db`. */
export function mutator(random: SeededRandom, names: number): Mutator {
  const there = new Set<string>();
  const all = Array.from({ length: names }, (_, i) => `o-${i.toString(36)}`);
  let count = 0;
  const text = (): string =>
    `${++count} ${Array.from({ length: random.below(8) }, () => random.pick(characters)).join("")}`;
  const labels = (): Readonly<Record<string, string>> => ({ app: random.pick(["web", "db"]) });
  return {
    next() {
      const name = random.pick(all);
      if (!there.has(name)) {
        there.add(name);
        return { do: "create", name, labels: labels(), text: text() };
      }
      const choice = random.next();
      if (choice < 0.45) return { do: "update", name, text: text() };
      if (choice < 0.65) return { do: "relabel", name, labels: labels() };
      if (choice < 0.8) return { do: "recreate", name, labels: labels(), text: text() };
      there.delete(name);
      return { do: "delete", name };
    },
  };
}
