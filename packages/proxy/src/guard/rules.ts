import { InputError, plainObject, unknownOption, whatItIs } from "@kubewright/core";
import { Refusal } from "../request/refusal.ts";
import { type Method, plainSubresources, type ResourceTarget } from "../request/target.ts";
import type { ProxyRule } from "./proxy-rule.ts";

/** Decides what goes on to the API server. */
export interface Rules {
  /** @throws Refusal for what no rule allows */
  checkResource(target: ResourceTarget): void;
  /** What is about no resource. @throws Refusal for all but reading what clients begin with */
  checkPath(method: Method, segments: readonly string[]): void;
}

/** Rules out of what the proxy's owner allows. @throws InputError for what is no rule */
export function createRules(allow: readonly ProxyRule[]): Rules {
  if (!Array.isArray(allow)) throw new InputError("allow", `it must be a list of rules, not ${whatItIs(allow)}`);
  allow.forEach(checkRule);
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

const verbs: readonly string[] = [
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "*",
] satisfies ProxyRule["verbs"];

/** What each field of a rule may hold. */
const fields: { readonly [K in keyof Required<ProxyRule>]: (text: string) => boolean } = {
  verbs: (verb) => verbs.includes(verb),
  resources: (resource) => resource === "*" || /^[a-z0-9.-]+(\/[a-z0-9.-]+)?$/.test(resource),
  groups: (group) => /^[a-z0-9.-]*$/.test(group),
  namespaces: (namespace) => /^[a-z0-9-]+$/.test(namespace),
};

function checkRule(rule: ProxyRule, index: number): void {
  const field = `allow[${index}]`;
  for (const [name, value] of Object.entries(plainObject(rule, field))) {
    if (!Object.hasOwn(fields, name))
      throw unknownOption(
        `${field}.${name}`,
        Object.keys(fields).map((known) => `${field}.${known}`),
      );
    if (value === undefined && name !== "verbs" && name !== "resources") continue;
    if (!Array.isArray(value)) throw new InputError(`${field}.${name}`, `it must be a list, not ${whatItIs(value)}`);
    const wrong = (value as readonly unknown[]).find(
      (one) => typeof one !== "string" || !fields[name as keyof ProxyRule](one),
    );
    if (wrong !== undefined)
      throw new InputError(
        `${field}.${name}`,
        `${typeof wrong === "string" ? JSON.stringify(wrong) : whatItIs(wrong)} is none of ${examples[name as keyof ProxyRule]}`,
      );
  }
  for (const name of ["verbs", "resources"] as const)
    if (rule[name] === undefined) throw new InputError(`${field}.${name}`, "it is missing; name what is allowed");
}

const examples: { readonly [K in keyof Required<ProxyRule>]: string } = {
  verbs: verbs.join(", "),
  resources: 'names such as "pods", "pods/exec", or "*"',
  groups: 'names such as "apps", or "" for the core group',
  namespaces: "names of namespaces",
};

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

function covers({ verbs, resources, groups, namespaces }: ProxyRule, target: ResourceTarget): boolean {
  const { verb, group, resource, subresource, namespace } = target;
  if (!verbs.includes(verb) && !verbs.includes("*")) return false;
  if (groups !== undefined && !groups.includes(group)) return false;
  if (namespaces !== undefined && (namespace === undefined || !namespaces.includes(namespace))) return false;
  if (resources.includes(subresource === undefined ? resource : `${resource}/${subresource}`)) return true;
  if (!resources.includes("*") || resource === onlyByName) return false;
  // All others, such as exec and proxy, are meant by name only.
  return subresource === undefined || plainSubresources.includes(subresource);
}

function refusalOf({ verb, group, resource, subresource, namespace }: ResourceTarget): string {
  const what = `${resource}${group === "" ? "" : `.${group}`}${subresource === undefined ? "" : `/${subresource}`}`;
  const where = namespace === undefined ? "" : ` in the namespace "${namespace}"`;
  return `the proxy does not allow "${verb}" of ${what}${where}; whoever runs it can allow it by a rule`;
}
