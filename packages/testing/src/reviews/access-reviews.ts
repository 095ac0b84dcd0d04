import type { AccessRequest } from "../access/access-rules.ts";
import { decide } from "../access/authorize.ts";
import type { User } from "../access/user.ts";
import { invalid } from "../exchange/refusal.ts";
import { type Draft, finished } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { type Causes, invalidCause } from "../validation/causes.ts";
import { type Fields, objectIn, presentIn, textIn, textsIn } from "../validation/fields.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { readReview } from "../verbs/read-review.ts";
import { ignoredSelectors, wrongSelectors } from "./selector-attributes.ts";

// k8s.io/kubernetes pkg/registry/authorization and pkg/apis/authorization/validation

/** Whether whoever asks may do something. @throws Refusal */
export function selfSubjectAccessReview(call: Call, state: ServerState): Outcome {
  const review = readReview(call, state);
  return answered(review, call.user, [...wrongAttributes(review), ...wrongMetadata(review, [])], state);
}

/** Whether somebody may do something. @throws Refusal */
export function subjectAccessReview(call: Call, state: ServerState): Outcome {
  const review = readReview(call, state);
  const causes = [...wrongAttributes(review), ...wrongSubject(review), ...wrongMetadata(review, [])];
  return answered(review, subjectOf(review), causes, state);
}

/** Whether somebody may do something in a namespace. @throws Refusal */
export function localSubjectAccessReview(call: Call, state: ServerState): Outcome {
  const review = readReview(call, state);
  const causes = [
    ...wrongAttributes(review),
    ...wrongSubject(review),
    ...wrongMetadata(review, ["namespace"]),
    ...wrongPlace(review),
  ];
  return answered(review, subjectOf(review), causes, state);
}

function answered(review: Draft, user: User, causes: Causes, { access }: ServerState): Outcome {
  const wrong = [...causes];
  if (wrong.length > 0) throw invalid({ group: "authorization.k8s.io", name: "" }, "", wrong);
  const spec = objectIn(review, "spec");
  const attributes = presentIn(spec, "resourceAttributes");
  const asked =
    attributes === undefined
      ? aboutPath(objectIn(spec, "nonResourceAttributes"), user)
      : aboutResource(attributes, user);
  const { allowed, reason } = decide(asked, access);
  const evaluationError = ignoredSelectors(attributes);
  const status = {
    allowed,
    ...(reason === "" ? {} : { reason }),
    ...(evaluationError === "" ? {} : { evaluationError }),
  };
  return { kind: "object", status: 201, object: finished({ ...review, status }) };
}

function subjectOf(review: Draft): User {
  const spec = objectIn(review, "spec");
  const extra = objectIn(spec, "extra") as Readonly<Record<string, readonly string[]>>;
  return { name: textIn(spec, "user"), uid: textIn(spec, "uid"), groups: textsIn(spec, "groups"), extra };
}

function aboutResource(attributes: Fields, user: User): AccessRequest {
  const given = (field: string): string | undefined => textIn(attributes, field) || undefined;
  return {
    user,
    verb: textIn(attributes, "verb"),
    path: "",
    group: textIn(attributes, "group"),
    version: given("version") ?? "*",
    resource: textIn(attributes, "resource"),
    subresource: given("subresource"),
    namespace: given("namespace"),
    name: given("name"),
  };
}

function aboutPath(attributes: Fields, user: User): AccessRequest {
  return {
    user,
    verb: textIn(attributes, "verb"),
    path: textIn(attributes, "path"),
    group: undefined,
    version: undefined,
    resource: undefined,
    subresource: undefined,
    namespace: undefined,
    name: undefined,
  };
}

function* wrongAttributes(review: Draft): Causes {
  const spec = objectIn(review, "spec");
  const resource = presentIn(spec, "resourceAttributes");
  const other = presentIn(spec, "nonResourceAttributes");
  if (resource !== undefined && other !== undefined)
    yield invalidCause(
      "spec.nonResourceAttributes",
      inGo(other),
      "cannot be specified in combination with resourceAttributes",
    );
  if (resource === undefined && other === undefined)
    yield invalidCause(
      "spec.resourceAttributes",
      null,
      "exactly one of nonResourceAttributes or resourceAttributes must be specified",
    );
  yield* wrongSelectors(resource);
}

function* wrongSubject(review: Draft): Causes {
  const { name, groups = [] } = subjectOf(review);
  if (name === "" && groups.length === 0)
    yield invalidCause("spec.user", "", "at least one of user or group must be specified");
}

function* wrongMetadata({ metadata }: Draft, allowed: readonly string[]): Causes {
  if (Object.keys(metadata).every((field) => allowed.includes(field))) return;
  const but = allowed.map((field) => ` except for ${field}`).join("");
  yield invalidCause("metadata", metadata, `must be empty${but}`);
}

function* wrongPlace(review: Draft): Causes {
  const spec = objectIn(review, "spec");
  const resource = presentIn(spec, "resourceAttributes");
  const namespace = textIn(resource, "namespace");
  if (resource !== undefined && namespace !== review.metadata.namespace)
    yield invalidCause("spec.resourceAttributes.namespace", namespace, "must match metadata.namespace");
  const other = presentIn(spec, "nonResourceAttributes");
  if (other !== undefined)
    yield invalidCause("spec.nonResourceAttributes", inGo(other), "disallowed on this kind of request");
}

/** As Go prints its struct, which has no names for JSON. */
function inGo(attributes: Fields): object {
  return { Path: textIn(attributes, "path"), Verb: textIn(attributes, "verb") };
}
