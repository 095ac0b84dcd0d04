import { plainObject } from "../input/plain-object.ts";
import { unknownOption } from "../input/unknown-option.ts";
import type { OptionRules } from "./rules/rule.ts";
import { encodeText } from "./text.ts";

/** A call's options as given; none are the empty ones. @throws InputError for what is not a plain object */
export function optionsOf<O extends object>(options: O | undefined): O {
  return (options === undefined ? {} : plainObject(options, "options")) as O;
}

/**
 * The encoded query of a verb's options, in the order given. All of the options are checked here, also those that are not part of
 * the query. An unknown one is an error: a typo must not widen a call.
 */
export function queryOf(optionRules: OptionRules, options: object): string {
  let query = "";
  for (const [option, value] of Object.entries(options)) {
    const rule = Object.hasOwn(optionRules, option) ? optionRules[option] : undefined;
    if (rule === undefined) throw unknownOption(option, Object.keys(optionRules));
    if (value === undefined) continue;
    const encoded = rule(value, option);
    if (encoded !== undefined) query = appendQuery(query, option, encoded);
  }
  return query;
}

/** `query` with one parameter more. */
export function appendQuery(query: string, name: string, value: string): string {
  return `${query && `${query}&`}${encodeText(name, name)}=${encodeText(value, name)}`;
}
