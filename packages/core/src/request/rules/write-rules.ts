import { InputError } from "../../errors/input-error.ts";
import { plainObject } from "../../input/plain-object.ts";
import { callRules, collectionRules, count, flag, oneOf, text, unsent } from "./rule.ts";
import type {
  ApplyOptions,
  DeleteBaseOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  ModifyOptions,
  UpdateOptions,
  WriteOptions,
} from "../../types/options.ts";
import type { Rule, RulesFor } from "./rule.ts";

// metav1.ValidateFieldManager: at most 128 bytes, all printable.
export const manager: Rule = (value, field) => {
  const name = text(value, field) as string;
  if (name === "") throw new InputError(field, "it is empty; name the writer, such as your application");
  if (name.length > 128) throw new InputError(field, "it is longer than 128 characters");
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) throw new InputError(field, "it holds control characters");
  return name;
};

function attempts(value: unknown, field: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw new InputError(field, "it must be a whole number of at least 1");
}

// A precondition that was meant but is undefined would delete without it.
function preconditions(value: unknown, field: string): void {
  const given = Object.entries(plainObject(value, field));
  if (given.length === 0) throw new InputError(field, "it is empty; give uid or resourceVersion");
  for (const [key, wanted] of given) {
    if (key !== "uid" && key !== "resourceVersion")
      throw new InputError(`${field}.${key}`, "only uid and resourceVersion can be preconditions");
    if (typeof wanted !== "string" || wanted === "")
      throw new InputError(`${field}.${key}`, "it must be text that is not empty");
  }
}

/** Of create and patch, which take nothing of their own. */
export const writeRules: RulesFor<WriteOptions> = {
  ...callRules,
  dryRun: oneOf("All"),
  fieldManager: manager,
  fieldValidation: oneOf("Strict", "Warn", "Ignore"),
};

export const updateRules: RulesFor<UpdateOptions> = { ...writeRules, overwrite: unsent(flag) };

export const applyRules: RulesFor<ApplyOptions> = { ...writeRules, force: flag };

export const modifyRules: RulesFor<ModifyOptions> = { ...writeRules, attempts: unsent(attempts) };

// The body carries them, as DeleteOptions.
/** Of deleteAll. */
export const deleteAllRules: RulesFor<DeleteBaseOptions> = {
  ...callRules,
  dryRun: unsent(oneOf("All")),
  gracePeriodSeconds: unsent(count),
  propagationPolicy: unsent(oneOf("Foreground", "Background", "Orphan")),
  orphanDependents: unsent(flag),
  ignoreStoreReadErrorWithClusterBreakingPotential: unsent(flag),
};

export const deleteRules: RulesFor<DeleteOptions> = { ...deleteAllRules, preconditions: unsent(preconditions) };

export const deleteCollectionRules: RulesFor<DeleteCollectionOptions> = { ...collectionRules, ...deleteAllRules };
