import { type AccountClaims, accountUserName, type BoundObject, issuer } from "../access/account-token.ts";
import { badRequest, conflict, invalid, notFound } from "../exchange/refusal.ts";
import { type Draft, finished } from "../objects/draft.ts";
import { randomUuid, timeText } from "../objects/system-metadata.ts";
import type { Call } from "../request/call.ts";
import { readReview } from "../verbs/read-review.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { keyOf } from "../store/key.ts";
import { type Causes, invalidCause } from "../validation/causes.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn, textsIn } from "../validation/fields.ts";
import type { Outcome } from "../verbs/outcome.ts";

const tokenRequestKind = { group: "authentication.k8s.io", name: "TokenRequest" };

/**
 * A token with which a service account can ask. k8s.io/kubernetes pkg/registry/core/serviceaccount/storage/token.go @throws Refusal
 */
export async function tokenRequest(call: Call, state: ServerState): Promise<Outcome> {
  const { name = "", namespace = "" } = call;
  const request = readReview(call, state);
  const { metadata } = request;
  if (metadata.name !== undefined && metadata.name !== name) {
    const cause = invalidCause("metadata.name", metadata.name, "must match the service account name if specified");
    throw invalid(tokenRequestKind, name, [cause]);
  }
  const account = state.collection(call.resource).get(keyOf(namespace, name));
  if (account === undefined) throw notFound({ group: "", name: "serviceaccounts" }, name);
  checkUid(metadata.uid, account);
  const spec = { ...objectIn(request, "spec") };
  const causes = [...wrongExpiration(numberIn(spec, "expirationSeconds") ?? 0)];
  if (causes.length > 0) throw invalid(tokenRequestKind, "", causes);
  if (textsIn(spec, "audiences").length === 0) spec["audiences"] = [issuer];
  const bound = boundObjects(presentIn(spec, "boundObjectRef"), account, state);
  const status = {
    token: await state.access.tokenKey.sign(claimsOf(account, spec, bound, state)),
    expirationTimestamp: timeText(state.clock, numberIn(spec, "expirationSeconds")),
  };
  return { kind: "object", status: 201, object: finished(answerOf(request, account, { spec, status }, state)) };
}

function answerOf(
  { apiVersion, kind, metadata }: Draft,
  account: ApiObject,
  rest: object,
  { clock }: ServerState,
): Draft {
  const { name, namespace = "", uid } = account.metadata;
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, name, namespace, uid, creationTimestamp: timeText(clock) },
    ...rest,
  };
}

function checkUid(asked: string | undefined, { metadata: { name, uid } }: ApiObject): void {
  if (asked === undefined || asked === uid) return;
  const why = `the UID in the token request (${asked}) does not match the UID of the service account (${uid})`;
  throw conflict(tokenRequestKind, name, why);
}

const leastSeconds = 10 * 60;
const mostSeconds = 2 ** 32;

function* wrongExpiration(seconds: number): Causes {
  const field = "spec.expirationSeconds";
  if (seconds < leastSeconds) yield invalidCause(field, seconds, "may not specify a duration less than 10 minutes");
  if (seconds > mostSeconds) yield invalidCause(field, seconds, "may not specify a duration larger than 2^32 seconds");
}

/** What a token goes with beside its account. */
type Bound = Partial<Pick<AccountClaims["kubernetes.io"], "node" | "pod" | "secret">>;

/** @throws Refusal for what is not there, and what no token can be bound to */
function boundObjects(ref: Fields | undefined, account: ApiObject, state: ServerState): Bound {
  if (ref === undefined) return {};
  const [kind, name, apiVersion] = [textIn(ref, "kind"), textIn(ref, "name"), textIn(ref, "apiVersion")];
  const [version, group = ""] = apiVersion.split("/").toReversed();
  const plural = group === "" && Object.hasOwn(bindable, kind) ? bindable[kind] : undefined;
  if (plural === undefined) throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
  const namespace = plural === "nodes" ? undefined : account.metadata.namespace;
  const object = collectionOf(state, "", plural).get(keyOf(namespace, name));
  if (object === undefined) throw notFound({ group: "", name: plural }, name);
  if (plural === "pods" && textIn(objectIn(object, "spec"), "serviceAccountName") !== account.metadata.name) {
    const who = JSON.stringify(account.metadata.name);
    throw badRequest(`cannot bind token for serviceaccount ${who} to pod running with different serviceaccount name.`);
  }
  const uid = textIn(ref, "uid");
  if (uid !== "" && uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw conflict({ group: "", name: kind }, name, why);
  }
  const self: BoundObject = { name, uid: object.metadata.uid };
  if (plural === "nodes") return { node: self };
  return plural === "secrets" ? { secret: self } : { pod: self, ...nodeOf(object, state) };
}

const bindable: Readonly<Record<string, "pods" | "nodes" | "secrets">> = {
  Pod: "pods",
  Node: "nodes",
  Secret: "secrets",
};

function nodeOf(pod: ApiObject, state: ServerState): Bound {
  const name = textIn(objectIn(pod, "spec"), "nodeName");
  if (name === "") return {};
  return { node: { name, uid: collectionOf(state, "", "nodes").get(keyOf(undefined, name))?.metadata.uid ?? "" } };
}

function claimsOf(account: ApiObject, spec: Fields, bound: Bound, { clock }: ServerState): AccountClaims {
  const { name, namespace = "", uid } = account.metadata;
  const now = Math.floor(clock.wallNow() / 1000);
  return {
    aud: textsIn(spec, "audiences"),
    exp: now + (numberIn(spec, "expirationSeconds") ?? 0),
    iat: now,
    iss: issuer,
    jti: randomUuid(clock),
    "kubernetes.io": { namespace, serviceaccount: { name, uid }, ...bound },
    nbf: now,
    sub: accountUserName(namespace, name),
  };
}
