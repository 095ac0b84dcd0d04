import type { GetOptions, ListOptions } from "../../types/options.ts";
import { callRules, collectionRules, type RulesFor, text } from "./rule.ts";

export const getRules: RulesFor<GetOptions> = { ...callRules, resourceVersion: text };

export const listRules: RulesFor<ListOptions> = collectionRules;
