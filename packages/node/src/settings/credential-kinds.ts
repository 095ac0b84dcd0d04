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

/** The kinds of what requests of this user carry and what must stay secret. */
export function credentialKinds(user: ResolvedUser): readonly CredentialKind[] {
  return (Object.keys(kinds) as CredentialKind[]).filter((kind) => user[kind] !== undefined);
}
