import { callRules, count, flag, oneOf, selectorRules, text, versionRules } from "./rule.ts";
import type { LogOptions, WatchOptions } from "../../types/options.ts";
import type { RulesFor } from "./rule.ts";

export const watchRules: RulesFor<WatchOptions> = {
  ...callRules,
  ...selectorRules,
  ...versionRules,
  allowWatchBookmarks: flag,
  sendInitialEvents: flag,
  timeoutSeconds: count,
};

export const logRules: RulesFor<LogOptions> = {
  ...callRules,
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
};
