import { goQuote } from "../exchange/go-quote.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { unauthorized } from "../exchange/refusal.ts";
import type { AccessRules } from "./access-rules.ts";
import { type AccountClaims, accountUser, type BoundObject, issuer } from "./account-token.ts";
import { admin, anonymous, authenticated, inGroup, type User } from "./user.ts";

/** What has to be known to tell who asks. */
export interface Identification {
  readonly rules: AccessRules;
  /** Whether an object is there that a token is bound to. */
  exists(
    kind: "serviceaccounts" | "pods" | "secrets" | "nodes",
    namespace: string | undefined,
    bound: BoundObject,
  ): boolean;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Who makes a request: the admin where nobody has to say who they are. @throws Refusal 401 for a credential that nobody has */
export async function authenticate({ headers }: ServerRequest, known: Identification): Promise<User> {
  const [, token = ""] = /^bearer +(\S+)/i.exec(headers.get("authorization") ?? "") ?? [];
  const isOpen = known.rules.users === undefined;
  if (token === "") return isOpen ? admin : anonymous;
  const owner = await ownerOfToken(token, known, [issuer]);
  if (!("wrong" in owner)) return owner.user;
  if (isOpen) return admin;
  throw unauthorized();
}

/** Whose a token is. */
export interface TokenOwner {
  readonly user: User;
  /** For whom, of those that were asked for. */
  readonly audiences: readonly string[];
}

/** A token that is nobody's. */
export interface WrongToken {
  /** Why; "" when there is nothing to it. */
  readonly wrong: string;
}

/** How long a token is taken after it has expired, in milliseconds, as clocks differ. */
const leewayMs = 60_000;

/** Whose token it is, and for which of the audiences. */
export async function ownerOfToken(
  token: string,
  known: Identification,
  audiences: readonly string[],
): Promise<TokenOwner | WrongToken> {
  const { users = {}, tokenKey } = known.rules;
  if (Object.hasOwn(users, token)) {
    const own = audiences.filter((audience) => audience === issuer);
    return own.length === 0 ? { wrong: "" } : { user: inGroup(users[token]!, authenticated), audiences: own };
  }
  const claims = (await tokenKey.read(token)) as AccountClaims | undefined;
  if (claims === undefined) return { wrong: "" };
  const own = claims.aud.filter((audience) => audiences.includes(audience));
  if (own.length === 0)
    return { wrong: `token audiences ${inGo(claims.aud)} is invalid for the target audiences ${inGo(audiences)}` };
  if (claims.exp * 1000 + leewayMs <= known.now()) return { wrong: "service account token has expired" };
  if (!isBoundToWhatExists(claims, known)) return { wrong: "service account token has been invalidated" };
  return { user: accountUser(claims), audiences: own };
}

/** As Go's %q prints a list. */
function inGo(texts: readonly string[]): string {
  return `[${texts.map((text) => goQuote(text)).join(" ")}]`;
}

/** A token goes with its account, and with what it is bound to beside. */
function isBoundToWhatExists({ "kubernetes.io": bound }: AccountClaims, { exists }: Identification): boolean {
  const { namespace, serviceaccount, pod, secret, node } = bound;
  return (
    exists("serviceaccounts", namespace, serviceaccount) &&
    (pod === undefined || exists("pods", namespace, pod)) &&
    (secret === undefined || exists("secrets", namespace, secret)) &&
    (node === undefined || pod !== undefined || exists("nodes", undefined, node))
  );
}
