import type { AccessRequest } from "./access-rules.ts";
import { authenticated, unauthenticated } from "./user.ts";

/** What a role lets its groups do. */
interface Right {
  readonly role: string;
  readonly groups: readonly string[];
  readonly verbs: readonly string[];
  /** `*` at the end stands for anything. */
  readonly paths?: readonly string[];
  readonly apiGroup?: string;
  readonly resources?: readonly string[];
}

/** What every server grants (k8s.io/kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy). */
export const everybodysRights: readonly Right[] = [
  {
    role: "system:public-info-viewer",
    groups: [authenticated, unauthenticated],
    verbs: ["get"],
    paths: ["/healthz", "/livez", "/readyz", "/version", "/version/"],
  },
  {
    role: "system:discovery",
    groups: [authenticated],
    verbs: ["get"],
    paths: [
      ...["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez"],
      ...["/openapi", "/openapi/*", "/readyz", "/version", "/version/"],
    ],
  },
  {
    role: "system:basic-user",
    groups: [authenticated],
    verbs: ["create"],
    apiGroup: "authorization.k8s.io",
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
  },
  {
    role: "system:basic-user",
    groups: [authenticated],
    verbs: ["create"],
    apiGroup: "authentication.k8s.io",
    resources: ["selfsubjectreviews"],
  },
];

/** Why somebody may do something without anybody having said so; undefined if they may not. */
export function everybodysRight(request: AccessRequest): string | undefined {
  const { groups = [] } = request.user;
  for (const right of everybodysRights) {
    const group = groups.find((one) => right.groups.includes(one));
    if (group === undefined || !isFor(right, request)) continue;
    const { role } = right;
    return `RBAC: allowed by ClusterRoleBinding "${role}" of ClusterRole "${role}" to Group "${group}"`;
  }
  return undefined;
}

function isFor({ verbs, paths = [], apiGroup, resources = [] }: Right, asked: AccessRequest): boolean {
  if (!verbs.includes(asked.verb)) return false;
  if (asked.group === undefined) return paths.some((path) => matches(path, asked.path));
  return asked.group === apiGroup && asked.subresource === undefined && resources.includes(asked.resource ?? "");
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
