import { createTokenKey, type TokenKey } from "./token-key.ts";
import { isAnonymous, type User } from "./user.ts";

/** What somebody wants to do. */
export interface AccessRequest {
  /** Whoever asks, or as whom they act. */
  readonly user: User;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, `impersonate`; for other paths the method in lower case. */
  readonly verb: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Empty for the core group; undefined, as all below, for a path that is about no resource, such as `/metrics`. */
  readonly group: string | undefined;
  /** Such as `v1`. */
  readonly version: string | undefined;
  /** Such as `pods`. */
  readonly resource: string | undefined;
  /** Such as `status`. */
  readonly subresource: string | undefined;
  /** Undefined for what is in none, and across all. */
  readonly namespace: string | undefined;
  /** Undefined for a collection; a list or watch that selects one name has it. */
  readonly name: string | undefined;
}

/** Whether somebody may do something; a text is the reason why not. */
export type Authorize = (request: AccessRequest) => boolean | string;

/** Who there is, and what they may do. */
export interface AccessRules {
  /** By bearer token; undefined: whoever asks is the admin. */
  readonly users: Readonly<Record<string, User>> | undefined;
  readonly authorize: Authorize;
  /** Signs the tokens of service accounts. */
  readonly tokenKey: TokenKey;
}

/** Rules out of what a test says of them. Without a rule of its own, whoever is known may do everything. */
export function createAccessRules(
  users: AccessRules["users"],
  authorize: Authorize = ({ user }) => !isAnonymous(user),
): AccessRules {
  return { users, authorize, tokenKey: createTokenKey() };
}
