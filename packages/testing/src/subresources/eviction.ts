import { badRequest, notFound, unexplained } from "../exchange/refusal.ts";
import { type Draft, draftOf, finished, setAt } from "../objects/draft.ts";
import { withCondition } from "../objects/pod-condition.ts";
import type { Call } from "../request/call.ts";
import type { DeleteParameters } from "../request/delete-options.ts";
import { readObject } from "../verbs/read-object.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../validation/fields.ts";
import { admitToNamespace } from "../verbs/admit-to-namespace.ts";
import { checkPreconditions, deleteObject } from "../verbs/delete.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { shapedAsSent } from "../verbs/read-draft.ts";
import { keyIn, placeInNamespace, type WriteCall, writeCall } from "../verbs/write-call.ts";
import { budgetsOf, disrupt, isNoDisruption } from "./disruption.ts";

/** Deletes a pod, if its disruption budget allows it. k8s.io/kubernetes pkg/registry/core/pod/storage/eviction.go */
export function evict(call: Call, state: ServerState): Outcome {
  const write = { ...writeCall({ ...call, subresource: undefined }, state), call };
  const eviction = shapedAsSent(readObject(call.request, call.subresource!), write) as unknown as Draft;
  placeInNamespace(eviction, write);
  admitToNamespace(eviction, write);
  const { name = "" } = call;
  if (eviction.metadata.name !== name) throw badRequest("name in URL does not match name in Eviction object");
  const parameters = parametersOf(objectIn(eviction, "deleteOptions"), call);
  const pod = write.collection.get(keyIn(write));
  if (pod === undefined) throw notFound(write.resource, name);
  const budgets = goesAnyway(pod) ? [] : budgetsOf(pod, state);
  if (budgets.length > 1) return { kind: "status", status: { ...answer, status: "Failure", message: many, code: 500 } };
  const [budget] = budgets;
  if (budget !== undefined && !isNoDisruption(pod, budget)) disrupt(pod, budget, state, parameters.dryRun);
  remove(pod, parameters, write);
  return { kind: "status", status: { ...answer, status: "Success", code: 201 } };
}

const answer = { kind: "Status", apiVersion: "v1", metadata: {} } as const;
const many = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";

/** The options of an eviction, which may come by the query and by its body. @throws Refusal when both say otherwise */
function parametersOf(options: Fields, { query }: Call): DeleteParameters {
  const asked = query.getAll("dryRun");
  const own = textsIn(options, "dryRun");
  if (asked.length > 0 && own.length > 0 && asked.join(" ") !== own.join(" ")) {
    const shown = `[${asked.join(" ")}] and [${own.join(" ")}]`;
    throw unexplained(`Non-matching dry-run options in request and content: ${shown}`);
  }
  const { orphanDependents } = options as { readonly orphanDependents?: boolean };
  return {
    gracePeriodSeconds: numberIn(options, "gracePeriodSeconds"),
    propagationPolicy: textIn(options, "propagationPolicy") || undefined,
    orphanDependents,
    preconditions: presentIn(options, "preconditions") as DeleteParameters["preconditions"],
    dryRun: asked.length + own.length > 0,
  };
}

/** What has ended, or not begun, is nobody's loss. */
function goesAnyway({ metadata, ...pod }: ApiObject): boolean {
  const phase = textIn(objectIn(pod, "status"), "phase");
  return metadata.deletionTimestamp !== undefined || ["Succeeded", "Failed", "Pending"].includes(phase);
}

/** Deletes the pod, after it says why it goes. */
function remove(pod: ApiObject, parameters: DeleteParameters, write: WriteCall): void {
  if (parameters.dryRun) {
    deleteObject(pod, parameters, write);
    return;
  }
  checkPreconditions(pod, parameters, write);
  const draft = draftOf(pod);
  const disrupted = {
    type: "DisruptionTarget",
    status: "True",
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
  } as const;
  const conditions = objectsIn(objectIn(draft, "status"), "conditions");
  setAt(draft, "status.conditions", withCondition(conditions, disrupted, write.state.clock));
  const marked = write.collection.set(keyIn(write), finished(draft));
  const { preconditions } = parameters;
  const { resourceVersion } = marked.metadata;
  // The version that was asked for is now the one before.
  const moved = preconditions?.resourceVersion === undefined ? preconditions : { ...preconditions, resourceVersion };
  deleteObject(marked, { ...parameters, preconditions: moved }, write);
}
