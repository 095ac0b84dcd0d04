import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { bindPod } from "../verbs/bind-pod.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { localSubjectAccessReview, selfSubjectAccessReview, subjectAccessReview } from "./access-reviews.ts";
import { componentStatuses } from "./component-statuses.ts";
import { selfSubjectRulesReview } from "./rules-review.ts";
import { selfSubjectReview } from "./self-subject-review.ts";
import { tokenReview } from "./token-review.ts";

/** Answers for a resource that keeps nothing. @throws Refusal */
export type Review = (call: Call, state: ServerState) => Promise<Outcome> | Outcome;

/** By group and plural, such as `authentication.k8s.io/selfsubjectreviews`. */
const reviews: Readonly<Record<string, Review>> = {
  componentstatuses: componentStatuses,
  bindings: bindPod,
  "authentication.k8s.io/selfsubjectreviews": selfSubjectReview,
  "authentication.k8s.io/tokenreviews": tokenReview,
  "authorization.k8s.io/localsubjectaccessreviews": localSubjectAccessReview,
  "authorization.k8s.io/selfsubjectaccessreviews": selfSubjectAccessReview,
  "authorization.k8s.io/selfsubjectrulesreviews": selfSubjectRulesReview,
  "authorization.k8s.io/subjectaccessreviews": subjectAccessReview,
};

/** What answers for a resource; undefined for one that is kept. */
export function reviewOf({ resource: { group, plural } }: Call): Review | undefined {
  return reviews[group === "" ? plural : `${group}/${plural}`];
}
