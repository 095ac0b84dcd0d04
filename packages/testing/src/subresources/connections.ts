import { badRequest, notFound, type Refusal, unexplained } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { keyOf } from "../store/key.ts";
import { objectIn, objectsIn, textIn } from "../validation/fields.ts";
import { containersOf } from "../validation/pod/pod-parts.ts";

// What leads to the kubelet of a node, or to a pod itself: what the API server says before, and where nothing plays either.
// k8s.io/kubernetes pkg/registry/core/pod/strategy.go

/** The pod that a call names. @throws Refusal 404 */
export function findPod(call: Call, state: ServerState): ApiObject {
  return find(call, "pods", call.name ?? "", state);
}

/** @throws Refusal 400 for a pod that no node has */
export function checkHost(pod: ApiObject): void {
  if (textIn(objectIn(pod, "spec"), "nodeName") === "")
    throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
}

/** An object that something is connected to. @throws Refusal 404 */
export function find(call: Call, plural: string, name: string, state: ServerState, shown: string = plural): ApiObject {
  const found = collectionOf(state, "", plural).get(keyOf(call.namespace, name));
  if (found === undefined) throw notFound({ group: "", name: shown }, name);
  return found;
}

/** The real server takes a node that is missing for a pod. */
export function nodeOf(name: string, state: ServerState): ApiObject {
  const node = collectionOf(state, "", "nodes").get(keyOf(undefined, name));
  if (node === undefined) throw notFound({ group: "", name: "pods" }, name);
  return node;
}

/** What is said of a pod that a node has, where nothing plays its kubelet. */
export function unreachable(pod: ApiObject, state: ServerState): Refusal {
  return noKubelet(nodeOf(textIn(objectIn(pod, "spec"), "nodeName"), state));
}

export function noKubelet(node: ApiObject): Refusal {
  const addresses = objectsIn(objectIn(node, "status"), "addresses");
  if (addresses.length === 0) return unexplained("no preferred addresses found; known addresses: []");
  return unexplained(`there is no kubelet at ${textIn(addresses[0], "address")}`);
}

/** Of several containers one has to be named. @throws Refusal 400 */
export function checkContainer(pod: ApiObject, asked: string): void {
  const spec = objectIn(pod, "spec");
  const names = [...containersOf(spec, "")].map(([container]) => textIn(container, "name"));
  const { name } = pod.metadata;
  if (asked === "" && objectsIn(spec, "containers").length > 1)
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(" ")}]`);
  if (asked !== "" && !names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`);
}
