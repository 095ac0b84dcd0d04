import type {
  ApplyOptions,
  AttachOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  ExecOptions,
  GetOptions,
  ListOptions,
  LogOptions,
  PatchOptions,
  ProxyOptions,
  UpdateOptions,
  WatchOptions,
} from "@kubewright/core";

const selectors = ["fieldSelector", "labelSelector", "shardSelector"] as const;
const versions = ["resourceVersion", "resourceVersionMatch"] as const;
const pages = ["continue", "limit", ...versions, "timeoutSeconds"] as const;
const write = ["dryRun", "fieldManager", "fieldValidation"] as const;
const deletion = [
  "dryRun",
  "gracePeriodSeconds",
  "ignoreStoreReadErrorWithClusterBreakingPotential",
  "orphanDependents",
  "propagationPolicy",
] as const;

// A name that core's options do not have does not compile.
type Names<O> = readonly (keyof O & string)[];

/** The query parameters that the options of each call can set. */
export const optionNames: {
  readonly get: Names<GetOptions>;
  readonly list: Names<ListOptions>;
  readonly watch: Names<WatchOptions>;
  readonly log: Names<LogOptions>;
  readonly attach: Names<AttachOptions>;
  readonly connect: readonly ["ports"];
  readonly exec: Names<ExecOptions>;
  readonly proxy: Names<ProxyOptions>;
  readonly create: Names<CreateOptions>;
  readonly update: Names<UpdateOptions>;
  readonly patch: Names<PatchOptions>;
  readonly apply: Names<ApplyOptions>;
  readonly delete: Names<DeleteOptions>;
  readonly deleteCollection: Names<DeleteCollectionOptions>;
} = {
  get: ["resourceVersion"],
  list: [...selectors, ...pages],
  watch: [...selectors, ...versions, "allowWatchBookmarks", "sendInitialEvents", "timeoutSeconds"],
  log: [
    "container",
    "follow",
    "insecureSkipTLSVerifyBackend",
    "limitBytes",
    "previous",
    "sinceSeconds",
    "sinceTime",
    "stream",
    "tailLines",
    "timestamps",
  ],
  attach: ["container", "stderr", "stdin", "stdout", "tty"],
  // It is the argument.
  connect: ["ports"],
  exec: ["command", "container", "stderr", "stdin", "stdout", "tty"],
  proxy: [],
  create: write,
  update: write,
  patch: write,
  apply: [...write, "force"],
  delete: deletion,
  deleteCollection: [...deletion, ...selectors, ...pages],
};
