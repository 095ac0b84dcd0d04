import { type User, authenticated } from "./user.ts";

/** Who a server is, and for whom its tokens are unless somebody asks otherwise (--service-account-issuer, --api-audiences). */
export const issuer = "https://kubernetes.default.svc";

/** An object that a token is bound to. */
export interface BoundObject {
  readonly name: string;
  readonly uid: string;
}

/** What a token of a service account says (k8s.io/kubernetes pkg/serviceaccount/claims.go); times are seconds since 1970. */
export interface AccountClaims {
  readonly aud: readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly iss: string;
  readonly jti: string;
  readonly "kubernetes.io": {
    readonly namespace: string;
    readonly serviceaccount: BoundObject;
    readonly node?: BoundObject;
    readonly pod?: BoundObject;
    readonly secret?: BoundObject;
  };
  readonly nbf: number;
  readonly sub: string;
}

/** The name under which a service account asks. */
export function accountUserName(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** The service account that a user is; undefined for any other user. */
export function accountOfUserName(name: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
  return namespace === undefined || account === undefined ? undefined : { namespace, name: account };
}

/** The groups of a service account. */
export function accountGroups(namespace: string): readonly string[] {
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
}

/** Who asks with a token. */
export function accountUser({ jti, "kubernetes.io": bound }: AccountClaims): User {
  const { namespace, serviceaccount, node, pod } = bound;
  const ofPod = pod && {
    "authentication.kubernetes.io/pod-name": [pod.name],
    "authentication.kubernetes.io/pod-uid": [pod.uid],
  };
  const ofNode = node && {
    "authentication.kubernetes.io/node-name": [node.name],
    "authentication.kubernetes.io/node-uid": [node.uid],
  };
  return {
    name: accountUserName(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: [...accountGroups(namespace), authenticated],
    extra: { "authentication.kubernetes.io/credential-id": [`JTI=${jti}`], ...ofNode, ...ofPod },
  };
}
