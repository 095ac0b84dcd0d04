import { everybodysRights } from "../access/everybodys-rights.ts";
import { badRequest } from "../exchange/refusal.ts";
import { finished } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { objectIn, textIn } from "../validation/fields.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { readReview } from "../verbs/read-review.ts";

/**
 * What whoever asks may do in a namespace, as far as it can be said: what everybody may. What the server's own rule lets them is a
 * function's affair. k8s.io/kubernetes pkg/registry/authorization/selfsubjectrulesreview @throws Refusal
 */
export function selfSubjectRulesReview(call: Call, state: ServerState): Outcome {
  const { apiVersion, kind, ...review } = readReview(call, state);
  if (textIn(objectIn(review, "spec"), "namespace") === "") throw badRequest("no namespace on request");
  const { groups = [] } = call.user;
  const own = everybodysRights.filter((right) => right.groups.some((group) => groups.includes(group)));
  const status = {
    resourceRules: own.flatMap(({ verbs, apiGroup, resources }) =>
      resources === undefined ? [] : [{ verbs, apiGroups: [apiGroup], resources }],
    ),
    nonResourceRules: own.flatMap(({ verbs, paths }) =>
      paths === undefined ? [] : [{ verbs, nonResourceURLs: paths }],
    ),
    incomplete: true,
    evaluationError: "the rule of this server is a function, which says nothing beforehand",
  };
  return { kind: "object", status: 201, object: finished({ apiVersion, kind, metadata: {}, spec: {}, status }) };
}
