import {
  abortSignal,
  type CallOptions,
  callRules,
  flag,
  InputError,
  queryOf,
  type Rule,
  type RulesFor,
  type SelectorOptions,
  selectorRules,
  text,
  unsent,
  withTexts,
} from "@kubewright/core";
import type { LogEvent } from "./log-event.ts";
import type { LogContainer } from "./log-line.ts";
import type { ReadSettings } from "./state.ts";

/** Options of `logs`. Without a selector all pods are read; for one pod, `fieldSelector: { "metadata.name": "web-0" }`. */
export interface LogsOptions extends SelectorOptions, Pick<CallOptions, "impersonate" | "token"> {
  /** Ends it; what waits then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Goes on with what is written from now on, with pods that come and with containers that restart. Default false. */
  readonly follow?: boolean | undefined;
  /** The logs of the runs before the newest ones. Default false; not together with `follow`. */
  readonly previous?: boolean | undefined;
  /** Which containers to read. Default: all, also those that prepare the pod, accompany it, or were added for debugging. */
  readonly containers?: ((container: LogContainer) => boolean) | undefined;
  /** Of each container only lines since this time, RFC 3339; the server leaves out fractions of a second. */
  readonly sinceTime?: string | undefined;
  /** Of each container only lines of the last seconds. */
  readonly sinceSeconds?: number | undefined;
  /** Of each container only so many lines from the end, before what is followed. */
  readonly tailLines?: number | undefined;
  /** How many logs may be open at a time. Default 50. */
  readonly maxStreams?: number | undefined;
  /** Told what happens beside the lines, above all each `gap`. What it throws ends the stream. */
  readonly onEvent?: ((event: LogEvent) => void) | undefined;
}

const isFunction: Rule = unsent((value, field) => {
  if (typeof value !== "function") throw new InputError(field, "it must be a function");
});

function wholeFrom(least: number): Rule {
  return unsent((value, field) => {
    if (!Number.isSafeInteger(value) || (value as number) < least)
      throw new InputError(field, `it must be a whole number of at least ${least}`);
  });
}

const isTime: Rule = unsent((value, field) => {
  text(value, field);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value as string))
    throw new InputError(field, "it must be a time as in RFC 3339, such as 2026-01-31T09:00:00Z");
});

const rules: RulesFor<LogsOptions> = {
  ...selectorRules,
  impersonate: callRules.impersonate,
  token: callRules.token,
  signal: unsent(abortSignal),
  follow: flag,
  previous: flag,
  containers: isFunction,
  sinceTime: isTime,
  sinceSeconds: wholeFrom(1),
  tailLines: wholeFrom(0),
  maxStreams: wholeFrom(1),
  onEvent: isFunction,
};

/** Options that were checked. */
export interface LogsSettings {
  readonly pods: SelectorOptions;
  readonly as: Pick<CallOptions, "impersonate" | "token">;
  readonly read: ReadSettings;
  readonly containers: (container: LogContainer) => boolean;
  readonly maxStreams: number;
  readonly onEvent: (event: LogEvent) => void;
}

/** @throws InputError for a wrong option */
export function settingsOf(options: LogsOptions): LogsSettings {
  const given = withTexts(options);
  queryOf(rules, given);
  const { follow = false, previous = false, sinceTime, sinceSeconds, tailLines } = given;
  if (follow && previous)
    throw new InputError("previous", "a run that is over has nothing to follow; leave out previous or follow");
  if (sinceTime !== undefined && sinceSeconds !== undefined)
    throw new InputError("sinceSeconds", "the server takes one beginning; leave out sinceSeconds or sinceTime");
  const { labelSelector, fieldSelector, shardSelector, impersonate, token } = given;
  return {
    pods: { labelSelector, fieldSelector, shardSelector },
    as: { impersonate, token },
    read: { follow, previous, sinceTime, sinceSeconds, tailLines },
    containers: given.containers ?? (() => true),
    maxStreams: given.maxStreams ?? 50,
    onEvent: given.onEvent ?? (() => {}),
  };
}
