import type { SelectorOptions } from "../types/options.ts";
import { fieldSelectorText } from "./field-selector.ts";
import { labelSelectorText } from "./label-selector.ts";

/** The options with their selectors as checked text. What was not given stays so. */
export function withTexts<O extends SelectorOptions>(options: O): O {
  const { labelSelector, fieldSelector } = options;
  return {
    ...options,
    ...(labelSelector === undefined ? undefined : { labelSelector: labelSelectorText(labelSelector) }),
    ...(fieldSelector === undefined ? undefined : { fieldSelector: fieldSelectorText(fieldSelector) }),
  };
}
