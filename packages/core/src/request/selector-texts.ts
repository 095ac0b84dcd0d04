import type { SelectorOptions } from "../types/options.ts";

/**
 * The options with their selectors as checked text. Parsing selectors is a module of its own, loaded when the first one comes.
 * Rejects with an InputError for a selector that the API server would refuse.
 */
export async function selectorTexts<O extends SelectorOptions>(options: O): Promise<O> {
  const { labelSelector, fieldSelector } = options;
  if (labelSelector === undefined && fieldSelector === undefined) return options;
  const [{ labelSelectorText }, { fieldSelectorText }] = await Promise.all([
    import("../selectors/label-selector.ts"),
    import("../selectors/field-selector.ts"),
  ]);
  return {
    ...options,
    labelSelector: labelSelector === undefined ? undefined : labelSelectorText(labelSelector),
    fieldSelector: fieldSelector === undefined ? undefined : fieldSelectorText(fieldSelector),
  };
}
