import { InputError } from "../../errors/input-error.ts";
import type { CallOptions, ListOptions, SelectorOptions } from "../../types/options.ts";
import type { PodStreamOptions } from "../../types/pod-run.ts";
import { abortSignal } from "../../input/abort-signal.ts";
import { milliseconds } from "../../input/milliseconds.ts";
import { bearerHeader } from "../bearer-header.ts";
import { impersonationHeaders } from "../impersonation.ts";
import { asText } from "../text.ts";

/** How one option becomes the value of a query parameter; undefined leaves it out. Throws an InputError for a wrong value. */
export type Rule = (value: unknown, field: string) => string | undefined;

/** The options of one verb. */
export interface OptionRules {
  readonly [option: string]: Rule;
}

/** The rule of an option that is not part of the query: checked here, used elsewhere. */
export function unsent(check: (value: unknown, field: string) => unknown): Rule {
  return (value, field) => {
    check(value, field);
    return undefined;
  };
}

export const text: Rule = asText;

export const count: Rule = (value, field) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new InputError(field, "it must be a whole number of at least 0");
  return String(value);
};

export const flag: Rule = (value, field) => {
  if (typeof value !== "boolean") throw new InputError(field, "it must be true or false");
  return String(value);
};

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, field) => {
    if (!allowed.includes(value as string))
      throw new InputError(field, `it must be ${allowed.map((a) => `"${a}"`).join(" or ")}`);
    return value as string;
  };
}

// A rule for every option of the type: a forgotten one does not compile.
export type RulesFor<O> = { readonly [K in keyof Required<O>]: Rule };

/** What a call takes that only waits. */
export const signalRules: RulesFor<Pick<CallOptions, "signal">> = { signal: unsent(abortSignal) };

/** What every call takes beside its query. */
export const callRules: RulesFor<CallOptions> = {
  ...signalRules,
  timeoutMs: unsent(milliseconds),
  impersonate: unsent(impersonationHeaders),
  token: unsent(bearerHeader),
};

/** What every stream of a pod takes. */
export const podStreamRules: RulesFor<PodStreamOptions> = { ...callRules, stallTimeoutMs: unsent(milliseconds) };

/** Of a verb's options those that every call takes, for another call on its behalf. */
export function callOptionsOf(options: CallOptions): CallOptions {
  const { signal, timeoutMs, impersonate, token } = options;
  // The type makes it complete.
  return { signal, timeoutMs, impersonate, token } satisfies { [K in keyof Required<CallOptions>]: CallOptions[K] };
}

// Selectors come as text here (selectors/with-texts.ts). An empty one means "everything", as none does; it is left out.
const selector: Rule = (value, field) => text(value, field) || undefined;

export const selectorRules: RulesFor<SelectorOptions> = {
  labelSelector: selector,
  fieldSelector: selector,
  shardSelector: selector,
};

export const versionRules: RulesFor<Pick<ListOptions, "resourceVersion" | "resourceVersionMatch">> = {
  resourceVersion: text,
  resourceVersionMatch: oneOf("Exact", "NotOlderThan"),
};

/** What chooses and pages a collection. */
export const collectionRules: RulesFor<ListOptions> = {
  ...callRules,
  ...selectorRules,
  ...versionRules,
  limit: count,
  continue: text,
  timeoutSeconds: count,
};
