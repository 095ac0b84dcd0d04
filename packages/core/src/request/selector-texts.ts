import type { SelectorOptions } from "../types/options.ts";

/**
 * The options with their selectors as checked text. Parsing selectors is a module of its own, loaded when the first one comes.
 * Rejects with an InputError for a selector that the API server would refuse.
 */
export async function selectorTexts<O extends SelectorOptions>(options: O): Promise<O> {
  if (options.labelSelector === undefined && options.fieldSelector === undefined) return options;
  return (await import("../selectors/with-texts.ts")).withTexts(options);
}
