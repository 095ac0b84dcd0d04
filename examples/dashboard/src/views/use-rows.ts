import { useMemo } from "preact/hooks";
import { searcher } from "../text/search.ts";

/** What views show of an object: worked out once for each state of it. */
export interface SearchedRow {
  /** Lower case. */
  readonly text: string;
}

/** The rows of the objects that a search finds. */
export function useRows<O extends object, R extends SearchedRow>(
  objects: readonly O[],
  toRow: (object: O) => R,
  search: string,
): readonly R[] {
  return useMemo(() => {
    const matches = searcher(search);
    return objects.map(toRow).filter(({ text }) => matches(text));
  }, [objects, toRow, search]);
}
