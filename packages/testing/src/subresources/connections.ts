import { badRequest, invalid, notFound, type Refusal, unexplained } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import { integer } from "../request/parameters.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { keyOf } from "../store/key.ts";
import { type Causes, forbiddenCause, noField, invalidCause } from "../validation/causes.ts";
import { wrongSign } from "../validation/checks.ts";
import { objectIn, objectsIn, textIn } from "../validation/fields.ts";
import { containersOf } from "../validation/pod/pod-parts.ts";
import type { Outcome } from "../verbs/outcome.ts";

// What leads to the kubelet of a node, or to a pod itself. Neither is there, so these come as far as the real server does on its own.
// k8s.io/kubernetes pkg/registry/core/pod/strategy.go

/** What a pod's container wrote: nothing before a node has the pod. */
export function podLog(call: Call, state: ServerState): Outcome {
  const causes = [...wrongLogOptions(call.query)];
  const { name = "" } = call;
  if (causes.length > 0) throw invalid({ group: "", name: "PodLogOptions" }, name, causes);
  const pod = find(call, "pods", name, state);
  checkContainer(pod, call.query.get("container") ?? "");
  const node = textIn(objectIn(pod, "spec"), "nodeName");
  if (node === "") return { kind: "nothing" };
  throw noKubelet(nodeOf(node, state));
}

/** A program in a pod's container, or what it says: `exec` and `attach`. */
export function podProgram(call: Call, state: ServerState): Outcome {
  const pod = find(call, "pods", call.name ?? "", state);
  checkContainer(pod, call.query.get("container") ?? "");
  throw unreachable(pod, state);
}

/** The ports of a pod. */
export function podPorts(call: Call, state: ServerState): Outcome {
  throw unreachable(find(call, "pods", call.name ?? "", state), state);
}

/** What a pod serves by HTTP. */
export function podProxy(call: Call, state: ServerState): Outcome {
  const { name = "" } = call;
  const [scheme, pod = "", ...rest] = /^https?:/.test(name) ? name.split(":") : ["", ...name.split(":")];
  if (pod === "" || rest.length > 1) throw badRequest(`invalid pod request ${JSON.stringify(name)}`);
  const status = objectIn(find(call, "pods", pod, state), "status");
  const [ip] = objectsIn(status, "podIPs").map((one) => textIn(one, "ip"));
  if (ip === undefined) throw badRequest("address not allowed");
  throw unexplained(`error trying to reach service: no pod listens at ${scheme === "" ? "http:" : scheme}//${ip}`);
}

/** What the pods of a service serve. */
export function serviceProxy(call: Call, state: ServerState): Outcome {
  const [name = ""] = (call.name ?? "").replace(/^https?:/, "").split(":");
  find(call, "endpoints", name, state, "services");
  throw unexplained(`error trying to reach service: no pod of the service ${JSON.stringify(name)} listens`);
}

/** What a node's kubelet serves. */
export function nodeProxy(call: Call, state: ServerState): Outcome {
  const [name = ""] = (call.name ?? "").replace(/^https?:/, "").split(":");
  throw noKubelet(find(call, "nodes", name, state));
}

function find(call: Call, plural: string, name: string, state: ServerState, shown: string = plural): ApiObject {
  const found = collectionOf(state, "", plural).get(keyOf(call.namespace, name));
  if (found === undefined) throw notFound({ group: "", name: shown }, name);
  return found;
}

/** The real server takes a node that is missing for a pod. */
function nodeOf(name: string, state: ServerState): ApiObject {
  const node = collectionOf(state, "", "nodes").get(keyOf(undefined, name));
  if (node === undefined) throw notFound({ group: "", name: "pods" }, name);
  return node;
}

function unreachable(pod: ApiObject, state: ServerState): Refusal {
  const node = textIn(objectIn(pod, "spec"), "nodeName");
  if (node === "") return badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  return noKubelet(nodeOf(node, state));
}

function noKubelet(node: ApiObject): Refusal {
  const addresses = objectsIn(objectIn(node, "status"), "addresses");
  if (addresses.length === 0) return unexplained("no preferred addresses found; known addresses: []");
  return unexplained(`there is no kubelet at ${textIn(addresses[0], "address")}`);
}

/** Of several containers one has to be named. @throws Refusal 400 */
function checkContainer(pod: ApiObject, asked: string): void {
  const spec = objectIn(pod, "spec");
  const names = [...containersOf(spec, "")].map(([container]) => textIn(container, "name"));
  const { name } = pod.metadata;
  if (asked === "" && objectsIn(spec, "containers").length > 1)
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(" ")}]`);
  if (asked !== "" && !names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`);
}

/** ValidatePodLogOptions */
function* wrongLogOptions(query: URLSearchParams): Causes {
  const [tail, bytes, seconds] = ["tailLines", "limitBytes", "sinceSeconds"].map((name) => integer(query, name));
  yield* wrongSign("tailLines", tail);
  if (bytes !== undefined && bytes < 1) yield invalidCause("limitBytes", bytes, "must be greater than 0");
  if (seconds !== undefined && query.has("sinceTime"))
    yield forbiddenCause(noField, "at most one of `sinceTime` or `sinceSeconds` may be specified");
  else if (seconds !== undefined && seconds < 1) yield invalidCause("sinceSeconds", seconds, "must be greater than 0");
  if (query.has("stream")) yield forbiddenCause("stream", "may not be specified");
}
