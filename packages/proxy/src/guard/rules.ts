import { Refusal } from "../request/refusal.ts";
import type { Method, ResourceTarget } from "../request/target.ts";
import type { ProxyRule } from "./proxy-rule.ts";

/** Decides what goes on to the API server. */
export interface Rules {
  /** @throws Refusal for what no rule allows */
  checkResource(target: ResourceTarget): void;
  /** What is about no resource. @throws Refusal for all but reading what clients begin with */
  checkPath(method: Method, segments: readonly string[]): void;
}

/** Rules out of what the proxy's owner allows. */
export function createRules(allow: readonly ProxyRule[]): Rules {
  const rules = [...allow, ...aboutOneself];
  return {
    checkResource(target) {
      if (!rules.some((rule) => covers(rule, target))) throw new Refusal(403, refusalOf(target));
    },
    checkPath(method, segments) {
      const isRead = method === "GET" || method === "HEAD";
      if (isRead && publicPaths.some((path) => path.test(segments.join("/")))) return;
      throw new Refusal(
        403,
        "this path is not relayed: the proxy passes on resources, discovery, the version and health",
      );
    },
  };
}

/** Everybody may ask what they may do, and who they are. */
const aboutOneself: readonly ProxyRule[] = [
  {
    verbs: ["create"],
    groups: ["authorization.k8s.io"],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
  },
  { verbs: ["create"], groups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
];

/** What clients begin with: segments hold no slash, so that these say how deep a path may go. */
const publicPaths: readonly RegExp[] = [
  /^version$/,
  /^(readyz|livez|healthz)$/,
  /^api(\/[a-z0-9]+)?$/,
  /^apis(\/[a-z0-9.-]+(\/[a-z0-9]+)?)?$/,
  /^openapi\/v2$/,
  /^openapi\/v3(\/(version|api|apis|api\/[a-z0-9]+|apis\/[a-z0-9.-]+(\/[a-z0-9]+)?))?$/,
];

/** Never meant by `*`. */
const onlyByName = "secrets";

/** Meant by `*`; all others, such as exec and proxy, only by name. */
const harmlessSubresources: readonly string[] = ["status", "scale", "log"];

function covers({ verbs, resources, groups, namespaces }: ProxyRule, target: ResourceTarget): boolean {
  const { verb, group, resource, subresource, namespace } = target;
  if (!verbs.includes(verb) && !verbs.includes("*")) return false;
  if (groups !== undefined && !groups.includes(group)) return false;
  if (namespaces !== undefined && (namespace === undefined || !namespaces.includes(namespace))) return false;
  if (resources.includes(subresource === undefined ? resource : `${resource}/${subresource}`)) return true;
  if (!resources.includes("*") || resource === onlyByName) return false;
  return subresource === undefined || harmlessSubresources.includes(subresource);
}

function refusalOf({ verb, group, resource, subresource, namespace }: ResourceTarget): string {
  const what = `${resource}${group === "" ? "" : `.${group}`}${subresource === undefined ? "" : `/${subresource}`}`;
  const where = namespace === undefined ? "" : ` in the namespace "${namespace}"`;
  return `the proxy does not allow "${verb}" of ${what}${where}; whoever runs it can allow it by a rule`;
}
