import { badRequest, conflict, invalidUnexplained, notFound } from "../exchange/refusal.ts";
import { type Draft, draftOf, finished, setAt } from "../objects/draft.ts";
import { withCondition } from "../objects/pod-condition.ts";
import type { Call } from "../request/call.ts";
import { readObject } from "./read-object.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { topologyLabelsOf } from "../strategies/core/pod-admission.ts";
import { type Causes, notSupportedCause, requiredCause } from "../validation/causes.ts";
import { objectIn, objectsIn, textIn } from "../validation/fields.ts";
import { admitToNamespace } from "./admit-to-namespace.ts";
import { checkStored } from "./check-stored.ts";
import type { Outcome } from "./outcome.ts";
import { shapedAsSent } from "./read-draft.ts";
import { keyIn, placeInNamespace, type WriteCall, writeCall } from "./write-call.ts";

/**
 * Gives a pod its node, as schedulers do, by a Binding sent to the pod or to `bindings`.
 * k8s.io/kubernetes pkg/registry/core/pod/storage/storage.go, BindingREST.
 */
export function bindPod(call: Call, state: ServerState): Outcome {
  const pods = state.served.preferred("", "pods")!;
  const write = { ...writeCall({ ...call, resource: pods, subresource: undefined }, state), call };
  const binding = shapedAsSent(readObject(call.request, call.subresource ?? call.resource), write) as unknown as Draft;
  placeInNamespace(binding, write);
  admitToNamespace(binding, write);
  const { name = "" } = binding.metadata;
  if ((call.name ?? name) !== name) throw badRequest("name in URL does not match name in Binding object");
  const causes = [...wrongBinding(binding)];
  if (causes.length > 0) throw invalidUnexplained(causes);
  const pod = write.collection.get(keyIn(write, name));
  if (pod === undefined) throw notFound(write.resource, name);
  checkStored(pod, binding.metadata, write, name);
  const why = whyUnbindable(pod);
  if (why !== undefined) throw conflict({ group: "", name: "pods/binding" }, name, why);
  const bound = finished(boundPod(pod, binding, write));
  if (!write.context.dryRun) write.collection.set(keyIn(write, name), bound);
  return { kind: "status", status: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 } };
}

/** ValidatePodBinding */
function* wrongBinding(binding: Draft): Causes {
  const target = objectIn(binding, "target");
  const kind = textIn(target, "kind");
  if (kind !== "" && kind !== "Node") yield notSupportedCause("target.kind", kind, ["Node", "<empty>"]);
  if (textIn(target, "name") === "") yield requiredCause("target.name");
}

function whyUnbindable(pod: ApiObject): string | undefined {
  const { name, deletionTimestamp } = pod.metadata;
  const spec = objectIn(pod, "spec");
  const node = textIn(spec, "nodeName");
  if (deletionTimestamp !== undefined) return `pod ${name} is being deleted, cannot be assigned to a host`;
  if (node !== "") return `pod ${name} is already assigned to node ${JSON.stringify(node)}`;
  return objectsIn(spec, "schedulingGates").length > 0 ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}

function boundPod(pod: ApiObject, { metadata, ...binding }: Draft, { context }: WriteCall): Draft {
  const { kind, name } = objectIn(binding, "target") as { readonly kind?: string; readonly name: string };
  const draft = draftOf(pod);
  const labels = { ...metadata.labels, ...(kind === "Node" ? topologyLabelsOf(name, context) : {}) };
  if (Object.keys(labels).length > 0) draft.metadata.labels = { ...draft.metadata.labels, ...labels };
  if (metadata.annotations !== undefined)
    draft.metadata.annotations = { ...draft.metadata.annotations, ...metadata.annotations };
  setAt(draft, "spec.nodeName", name);
  setAt(draft, "status.nominatedNodeName", undefined);
  const conditions = objectsIn(objectIn(draft, "status"), "conditions");
  const scheduled = { type: "PodScheduled", status: "True" } as const;
  setAt(draft, "status.conditions", withCondition(conditions, scheduled, context.state.clock));
  return draft;
}
