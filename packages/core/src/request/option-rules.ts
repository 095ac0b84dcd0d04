import { InputError } from "../errors/input-error.ts";
import { fieldSelectorText } from "../selectors/field-selector.ts";
import { labelSelectorText } from "../selectors/label-selector.ts";
import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  FieldSelectorInput,
  GetOptions,
  LabelSelectorInput,
  ListOptions,
  LogOptions,
  ModifyOptions,
  PatchOptions,
  UpdateOptions,
  WatchOptions,
} from "../types/options.ts";

/** How one option becomes the value of a query parameter; undefined leaves it out. Throws an InputError for a wrong value. */
export type Rule = (value: unknown, field: string) => string | undefined;

/** The options of one verb: those of the query by their rules, and those that are used elsewhere. */
export interface OptionRules {
  readonly [option: string]: Rule | "elsewhere";
}

const text: Rule = (value, field) => {
  if (typeof value !== "string") throw new InputError(field, `it must be text, not ${typeof value}`);
  return value;
};

const count: Rule = (value, field) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new InputError(field, "it must be a whole number of at least 0");
  return String(value);
};

const flag: Rule = (value, field) => {
  if (typeof value !== "boolean") throw new InputError(field, "it must be true or false");
  return String(value);
};

function oneOf(...allowed: readonly string[]): Rule {
  return (value, field) => {
    if (!allowed.includes(value as string))
      throw new InputError(field, `it must be ${allowed.map((a) => `"${a}"`).join(" or ")}`);
    return value as string;
  };
}

// An empty selector means "everything", as no selector does; it is left out rather than sent.
const labels: Rule = (value) => labelSelectorText(value as LabelSelectorInput) || undefined;
const fields: Rule = (value) => fieldSelectorText(value as FieldSelectorInput) || undefined;

// metav1.ValidateFieldManager: at most 128 bytes, all printable.
const manager: Rule = (value, field) => {
  const name = text(value, field) as string;
  if (name === "") throw new InputError(field, "it is empty; name the writer, such as your application");
  if (name.length > 128) throw new InputError(field, "it is longer than 128 characters");
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) throw new InputError(field, "it holds control characters");
  return name;
};

const call = { signal: "elsewhere", timeoutMs: "elsewhere", impersonate: "elsewhere" } as const;
const selectors = { labelSelector: labels, fieldSelector: fields, shardSelector: text } as const;
const versions = { resourceVersion: text, resourceVersionMatch: oneOf("Exact", "NotOlderThan") } as const;
const collection = { ...call, ...selectors, ...versions, limit: count, continue: text, timeoutSeconds: count } as const;
const write = {
  ...call,
  dryRun: oneOf("All"),
  fieldManager: manager,
  fieldValidation: oneOf("Strict", "Warn", "Ignore"),
} as const;
// The body carries them, as DeleteOptions.
const removal = {
  dryRun: "elsewhere",
  gracePeriodSeconds: "elsewhere",
  propagationPolicy: "elsewhere",
  orphanDependents: "elsewhere",
  ignoreStoreReadErrorWithClusterBreakingPotential: "elsewhere",
} as const;

// A rule for every option of the type: a forgotten one does not compile.
type RulesFor<O> = { readonly [K in keyof Required<O>]: Rule | "elsewhere" };

/** The options of every verb. The generator checks the snapshot's query parameters against the same names. */
export const rules: {
  readonly get: RulesFor<GetOptions>;
  readonly list: RulesFor<ListOptions>;
  readonly watch: RulesFor<WatchOptions>;
  readonly create: RulesFor<CreateOptions>;
  readonly update: RulesFor<UpdateOptions>;
  readonly patch: RulesFor<PatchOptions>;
  readonly apply: RulesFor<ApplyOptions>;
  readonly modify: RulesFor<ModifyOptions>;
  readonly delete: RulesFor<DeleteOptions>;
  readonly deletecollection: RulesFor<DeleteCollectionOptions>;
  readonly log: RulesFor<LogOptions>;
} = {
  get: { ...call, resourceVersion: text },
  list: collection,
  watch: {
    ...call,
    ...selectors,
    ...versions,
    allowWatchBookmarks: flag,
    sendInitialEvents: flag,
    timeoutSeconds: count,
  },
  create: write,
  update: { ...write, overwrite: "elsewhere" },
  patch: write,
  apply: { ...write, force: flag },
  modify: { ...write, attempts: "elsewhere" },
  delete: { ...call, ...removal, preconditions: "elsewhere" },
  deletecollection: { ...collection, ...removal },
  log: {
    ...call,
    container: text,
    follow: flag,
    previous: flag,
    sinceSeconds: count,
    sinceTime: text,
    timestamps: flag,
    tailLines: count,
    limitBytes: count,
    stream: oneOf("All", "Stdout", "Stderr"),
    insecureSkipTLSVerifyBackend: flag,
  },
};
