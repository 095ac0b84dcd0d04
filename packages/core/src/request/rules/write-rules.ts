import { InputError } from "../../errors/input-error.ts";
import { callRules, collectionRules, flag, oneOf, text } from "./rule.ts";
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
const manager: Rule = (value, field) => {
  const name = text(value, field) as string;
  if (name === "") throw new InputError(field, "it is empty; name the writer, such as your application");
  if (name.length > 128) throw new InputError(field, "it is longer than 128 characters");
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) throw new InputError(field, "it holds control characters");
  return name;
};

/** Of create and patch, which take nothing of their own. */
export const writeRules: RulesFor<WriteOptions> = {
  ...callRules,
  dryRun: oneOf("All"),
  fieldManager: manager,
  fieldValidation: oneOf("Strict", "Warn", "Ignore"),
};

export const updateRules: RulesFor<UpdateOptions> = { ...writeRules, overwrite: "elsewhere" };

export const applyRules: RulesFor<ApplyOptions> = { ...writeRules, force: flag };

export const modifyRules: RulesFor<ModifyOptions> = { ...writeRules, attempts: "elsewhere" };

// The body carries them, as DeleteOptions.
const removal: RulesFor<DeleteBaseOptions> = {
  ...callRules,
  dryRun: "elsewhere",
  gracePeriodSeconds: "elsewhere",
  propagationPolicy: "elsewhere",
  orphanDependents: "elsewhere",
  ignoreStoreReadErrorWithClusterBreakingPotential: "elsewhere",
};

export const deleteRules: RulesFor<DeleteOptions> = { ...removal, preconditions: "elsewhere" };

export const deleteCollectionRules: RulesFor<DeleteCollectionOptions> = { ...collectionRules, ...removal };
