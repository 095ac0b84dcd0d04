import {
  InputError,
  type PodStreamOptions,
  podStreamRules,
  queryOf,
  type Rule,
  type RulesFor,
  text,
  unsent,
} from "@kubewright/core";

/**
 * What both ways take. `timeoutMs` bounds the way until the server has accepted, each time it is asked; `signal` ends the copy;
 * `stallTimeoutMs` is of the connection, as of `exec`.
 */
export interface CopyOptions extends PodStreamOptions {
  /** The container, as `exec` takes it. */
  readonly container?: string | undefined;
  /** How often a copy goes on, or begins again, after its connection broke. Default 2. */
  readonly retries?: number | undefined;
}

/** Options of `copyFrom`. */
export interface CopyFromOptions extends CopyOptions {
  /**
   * What becomes of symbolic links: `skip` leaves them out and says so, `follow` copies what they lead to, also outside of the
   * folder. Default `skip`.
   */
  readonly links?: "skip" | "follow" | undefined;
  /** How many entries may come, those that are left out included. Default 100,000. */
  readonly maxEntries?: number | undefined;
  /** How many bytes the files may have together. Default 64 GiB. */
  readonly maxBytes?: number | undefined;
}

const atLeast = (least: number): Rule =>
  unsent((value, field) => {
    if (!Number.isSafeInteger(value) || (value as number) < least)
      throw new InputError(field, `it must be a whole number of at least ${least}`);
  });

const copyRules: RulesFor<CopyOptions> = { ...podStreamRules, container: text, retries: atLeast(0) };

const fromRules: RulesFor<CopyFromOptions> = {
  ...copyRules,
  links: unsent((value, field) => {
    if (value !== "skip" && value !== "follow") throw new InputError(field, 'it must be "skip" or "follow"');
  }),
  maxEntries: atLeast(1),
  maxBytes: atLeast(0),
};

/** @throws InputError for a wrong option */
export function checkToOptions(options: CopyOptions): void {
  queryOf(copyRules, options);
}

/** @throws InputError for a wrong option */
export function checkFromOptions(options: CopyFromOptions): void {
  queryOf(fromRules, options);
}
