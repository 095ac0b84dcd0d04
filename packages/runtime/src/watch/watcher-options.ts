import {
  abortSignal,
  type CallOptions,
  callRules,
  flag,
  InputError,
  plainObject,
  queryOf,
  type RulesFor,
  type SelectMaskOf,
  type SelectOf,
  type SelectorOptions,
  selectorRules,
  unsent,
  whatItIs,
  withTexts,
} from "@kubewright/core";
import type { WatchSettings } from "./watch-settings.ts";

/** Options of `watcher`, and of what stands on it. `S` is the type of `select`. */
export interface WatcherOptions<T = unknown, S extends SelectMaskOf<T> | undefined = undefined>
  extends SelectorOptions, Pick<CallOptions, "impersonate" | "token"> {
  /** Ends it; what waits then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Whether objects keep `metadata.managedFields`, which is often half of an object. Default false. */
  readonly managedFields?: boolean | undefined;
  /**
   * The fields that objects keep, by name, `true` for all below; lists pass through: `{ spec: { nodeName: true } }`. `apiVersion`, `kind`
   * and, of the metadata, `name`, `namespace`, `uid`, `resourceVersion`, `creationTimestamp` and `deletionTimestamp` stay, labels only where they are named. Such objects
   * cannot be written: they are {@link Projected}. Default: every field.
   */
  readonly select?: SelectOf<T, S>;
}

/** What each option may be. */
export const watcherRules: RulesFor<WatcherOptions> = {
  ...selectorRules,
  impersonate: callRules.impersonate,
  token: callRules.token,
  signal: unsent(abortSignal),
  managedFields: flag,
  select: unsent(checkMask),
};

/** What options ask of the watch. `shareStrings`: whether the objects will be kept. @throws InputError for a wrong option */
export function settingsOf<O extends WatcherOptions>(
  options: O,
  rules: RulesFor<O>,
  shareStrings: boolean,
): WatchSettings {
  const given = withTexts(options);
  queryOf(rules, given);
  const { labelSelector, fieldSelector, shardSelector, impersonate, token, managedFields = false, select } = given;
  return {
    labelSelector,
    fieldSelector,
    shardSelector,
    impersonate,
    token,
    wanted: { managedFields, select, shareStrings },
  };
}

function checkMask(mask: unknown, field: string): void {
  for (const [name, below] of Object.entries(plainObject(mask, field))) {
    if (below === true) continue;
    if (typeof below !== "object")
      throw new InputError(`${field}.${name}`, `it must be true or fields below, not ${whatItIs(below)}`);
    checkMask(below, `${field}.${name}`);
  }
}
