import type { ResolvedUser } from "./resolved.ts";

/** Each field of a user that is a credential: all but what is named here. */
export type CredentialKind = Exclude<keyof ResolvedUser, "impersonate">;

// The type makes it complete: a kind that were forgotten here would be sent over plain http.
const kinds: Readonly<Record<CredentialKind, true>> = {
  token: true,
  tokenFile: true,
  certificate: true,
  basic: true,
  exec: true,
  oidc: true,
};

/** True when requests of this user carry anything that must stay secret. */
export function hasCredentials(user: ResolvedUser): boolean {
  return (Object.keys(kinds) as CredentialKind[]).some((kind) => user[kind] !== undefined);
}
