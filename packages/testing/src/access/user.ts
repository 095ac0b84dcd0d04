/** Who asks (authentication.k8s.io/v1 UserInfo). */
export interface User {
  /** Such as `alice`, or `system:serviceaccount:default:robot`. */
  readonly name: string;
  /** What tells apart users who have the same name one after the other. Default: none. */
  readonly uid?: string | undefined;
  /** Whoever is known by a credential is in `system:authenticated` too. Default: in no other. */
  readonly groups?: readonly string[] | undefined;
  /** What else is known, by names of any kind. Default: nothing. */
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Everybody who is known by a credential. */
export const authenticated = "system:authenticated";

/** Everybody else. */
export const unauthenticated = "system:unauthenticated";

/** Who asks where nobody has to say who they are. */
export const admin: User = { name: "kubernetes-admin", groups: ["system:masters", authenticated] };

/** Who asks without a credential. */
export const anonymous: User = { name: "system:anonymous", groups: [unauthenticated] };

/** Whether nobody knows who it is. */
export function isAnonymous({ groups = [] }: User): boolean {
  return groups.includes(unauthenticated);
}

/** A user as one of a group, the last. */
export function inGroup(user: User, group: string): User {
  const { groups = [] } = user;
  return groups.includes(group) ? user : { ...user, groups: [...groups, group] };
}
