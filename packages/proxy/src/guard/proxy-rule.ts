import type { ResourceVerb } from "../request/target.ts";

/** What a proxy lets through to the API server, which decides by the identity of whoever asks in its turn. */
export interface ProxyRule {
  /** Such as `["get", "list", "watch"]`; `"*"` for all. */
  readonly verbs: readonly (ResourceVerb | "*")[];
  /**
   * By their plural names, such as `"pods"`. A subresource is named by itself: `"pods/exec"`. `"*"` stands for every resource but
   * `secrets`, and for the subresources `status`, `scale` and `log`.
   */
  readonly resources: readonly string[];
  /** API groups, such as `"apps"`; `""` is the core group. Default: all. */
  readonly groups?: readonly string[] | undefined;
  /** Only in these namespaces, so neither across all nor what has none. Default: everywhere. */
  readonly namespaces?: readonly string[] | undefined;
}

/** What a proxy allows by default: reading everything but Secrets. */
export const readOnly: readonly ProxyRule[] = [{ verbs: ["get", "list", "watch"], resources: ["*"] }];
