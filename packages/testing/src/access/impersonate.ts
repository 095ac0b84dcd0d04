import { goQuote } from "../exchange/go-quote.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { badRequest, type Refusal } from "../exchange/refusal.ts";
import type { RequestHeaders } from "../exchange/request-headers.ts";
import type { AccessRequest, AccessRules } from "./access-rules.ts";
import { accountGroups, accountOfUserName } from "./account-token.ts";
import { accessForbidden, decide } from "./authorize.ts";
import { anonymous, authenticated, inGroup, unauthenticated, type User } from "./user.ts";

// As k8s.io/apiserver pkg/endpoints/filters/impersonation does it.

/** A user as the headers of a request have it. */
interface Wanted extends User {
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

const extraPrefix = "impersonate-extra-";

/**
 * Who somebody acts as: themselves, or whom the Impersonate headers name. @throws Refusal 400 for headers without a user, 403 for who may
 * not act so
 */
export function impersonated({ headers }: ServerRequest, asked: AccessRequest, rules: AccessRules): User {
  const wanted = readHeaders(headers);
  if (wanted.name === "") {
    if (wanted.uid === "" && wanted.groups.length === 0 && Object.keys(wanted.extra).length === 0) return asked.user;
    throw badRequest(`requested ${asGo(wanted)} without impersonating a user name`).withHeaders({
      "x-content-type-options": ["nosniff"],
    });
  }
  for (const one of impersonations(wanted, asked)) {
    const { allowed, reason } = decide(one, rules);
    if (!allowed) throw refusedImpersonation(wanted, asked, accessForbidden(one, reason));
  }
  const account = accountOfUserName(wanted.name);
  const groups = account !== undefined && wanted.groups.length === 0 ? accountGroups(account.namespace) : wanted.groups;
  const user = { ...wanted, groups };
  if (user.name === anonymous.name) return inGroup(user, unauthenticated);
  return groups.includes(unauthenticated) ? user : inGroup(user, authenticated);
}

function readHeaders(headers: RequestHeaders): Wanted {
  const extra: Record<string, readonly string[]> = {};
  for (const header of headers.names()) {
    if (header.startsWith(extraPrefix)) extra[unescaped(header.slice(extraPrefix.length))] = headers.all(header);
  }
  return {
    name: headers.all("impersonate-user")[0] ?? "",
    uid: headers.all("impersonate-uid")[0] ?? "",
    groups: headers.all("impersonate-group"),
    extra,
  };
}

/** A name may hold bytes that no header may. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What it takes: to be allowed to act as each thing that the headers name. */
function impersonations({ name, uid, groups, extra }: Wanted, asked: AccessRequest): readonly AccessRequest[] {
  const account = accountOfUserName(name);
  const acting = (resource: string, more: Partial<AccessRequest>, group = ""): AccessRequest => ({
    ...asked,
    verb: "impersonate",
    group,
    version: "v1",
    resource,
    subresource: undefined,
    namespace: undefined,
    ...more,
  });
  const authentication = "authentication.k8s.io";
  return [
    account === undefined ? acting("users", { name }) : acting("serviceaccounts", account),
    ...(uid === "" ? [] : [acting("uids", { name: uid }, authentication)]),
    ...groups.map((group) => acting("groups", { name: group })),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => acting("userextras", { subresource: key, name: value }, authentication)),
    ),
  ];
}

/** The real server asks first whether one may act so in this one request, and says that of it which failed first. */
function refusedImpersonation(wanted: Wanted, asked: AccessRequest, plain: Refusal): Refusal {
  const mode = constrainedMode(wanted);
  if (mode === undefined) return plain;
  return accessForbidden({ ...asked, verb: `impersonate-on:${mode}:${asked.verb}` }, "");
}

function constrainedMode({ name, uid, groups, extra }: Wanted): string | undefined {
  const isNode = name.startsWith("system:node:");
  if (!isNode && accountOfUserName(name) === undefined) return "user-info";
  if (uid !== "" || groups.length > 0 || Object.keys(extra).length > 0) return undefined;
  return isNode ? "arbitrary-node" : "serviceaccount";
}

/** As Go's %#v prints a user. */
function asGo({ uid, groups, extra }: Wanted): string {
  const list = (texts: readonly string[]): string =>
    texts.length === 0 ? "[]string(nil)" : `[]string{${texts.map((text) => goQuote(text)).join(", ")}}`;
  const pairs = Object.entries(extra).map(([key, values]) => `${goQuote(key)}:${list(values)}`);
  const map = pairs.length === 0 ? "(nil)" : `{${pairs.toSorted().join(", ")}}`;
  return `&user.DefaultInfo{Name:"", UID:${goQuote(uid)}, Groups:${list(groups)}, Extra:map[string][]string${map}}`;
}
