import { Refusal } from "../exchange/refusal.ts";
import { parseFieldSelector } from "../selectors/field-selector.ts";
import { parseLabelSelector } from "../selectors/label-selector.ts";
import { type Causes, invalidCause, requiredCause } from "../validation/causes.ts";
import { type Fields, objectsIn, presentIn, textIn } from "../validation/fields.ts";

const selectors: readonly (readonly [field: string, parse: (text: string) => unknown])[] = [
  ["fieldSelector", parseFieldSelector],
  ["labelSelector", parseLabelSelector],
];

/** What is wrong with the selectors of resourceAttributes. */
export function* wrongSelectors(attributes: Fields | undefined): Causes {
  for (const [field] of selectors) {
    const selector = presentIn(attributes, field);
    if (selector === undefined) continue;
    const at = `spec.resourceAttributes.${field}`;
    const raw = textIn(selector, "rawSelector");
    const count = objectsIn(selector, "requirements").length;
    if (raw !== "" && count > 0)
      yield invalidCause(`${at}.rawSelector`, raw, "may not specified at the same time as requirements");
    if (raw === "" && count === 0)
      yield requiredCause(`${at}.requirements`, `when ${at} is specified, requirements or rawSelector is required`);
  }
}

/** Which of them are ignored because they cannot be read, as a review says it; "" for none. */
export function ignoredSelectors(attributes: Fields | undefined): string {
  return selectors
    .filter(([field, parse]) => !isReadable(textIn(presentIn(attributes, field), "rawSelector"), parse))
    .map(([field]) => `spec.resourceAttributes.${field} ignored due to parse error`)
    .join("; ");
}

function isReadable(text: string, parse: (text: string) => unknown): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
