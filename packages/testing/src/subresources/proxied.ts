import { badRequest, serviceUnavailable, unexplained } from "../exchange/refusal.ts";
import type { ProxyMatch } from "../hooks/hooks.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { objectIn, objectsIn, textIn } from "../validation/fields.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { find, noKubelet } from "./connections.ts";

/** The parts of a name, as SplitSchemeNamePort of k8s.io/apimachinery pkg/util/net has them. */
interface Proxied {
  readonly scheme: "http" | "https";
  readonly name: string;
  readonly port: string;
}

/** What a pod serves by HTTP. */
export async function podProxy(call: Call, state: ServerState): Promise<Outcome> {
  const to = proxied(call, "pod");
  const pod = find(call, "pods", to.name, state);
  const [first] = objectsIn(objectIn(pod, "spec"), "containers").flatMap((one) => objectsIn(one, "ports"));
  const port = to.port === "" && first !== undefined ? String(first["containerPort"]) : to.port;
  const answered = await answerOf(call, "pods", { ...to, port }, state);
  if (answered !== undefined) return answered;
  const [ip] = objectsIn(objectIn(pod, "status"), "podIPs").map((one) => textIn(one, "ip"));
  if (ip === undefined) throw badRequest("address not allowed");
  throw unexplained(`error trying to reach service: no pod listens at ${to.scheme}://${ip}`);
}

/** What the pods of a service serve. */
export async function serviceProxy(call: Call, state: ServerState): Promise<Outcome> {
  const to = proxied(call, "service");
  if (/^\d+$/.test(to.port)) {
    const ports = objectsIn(objectIn(find(call, "services", to.name, state), "spec"), "ports");
    if (!ports.some(({ port }) => String(port) === to.port))
      throw serviceUnavailable(`no service port ${to.port} found for service ${JSON.stringify(to.name)}`);
  }
  const answered = await answerOf(call, "services", to, state);
  if (answered !== undefined) return answered;
  find(call, "endpoints", to.name, state, "services");
  throw unexplained(`error trying to reach service: no pod of the service ${JSON.stringify(to.name)} listens`);
}

/** What a node's kubelet serves, or the node at another port. */
export async function nodeProxy(call: Call, state: ServerState): Promise<Outcome> {
  const to = proxied(call, "node");
  const node = find(call, "nodes", to.name, state);
  return (await answerOf(call, "nodes", to, state)) ?? fail(noKubelet(node));
}

function fail(error: unknown): never {
  throw error;
}

function proxied({ name: id = "" }: Call, what: string): Proxied {
  const parts = id.split(":");
  const [scheme, name, port] = parts.length === 3 ? parts : ["", parts[0], parts[1] ?? ""];
  if (parts.length > 3 || name === "" || !["", "http", "https"].includes(scheme ?? ""))
    throw badRequest(`invalid ${what} request ${JSON.stringify(id)}`);
  return { scheme: scheme === "https" ? "https" : "http", name: name ?? "", port: port ?? "" };
}

/** What a hook answers; undefined where none is for it. */
async function answerOf(
  call: Call,
  resource: NonNullable<ProxyMatch["resource"]>,
  { scheme, name, port }: Proxied,
  { hooks }: ServerState,
): Promise<Outcome | undefined> {
  const { request, namespace } = call;
  const answer = hooks.proxy({ namespace, resource, name, port });
  if (answer === undefined) return undefined;
  const { method, path, query, headers, body, signal } = request;
  const below = path.replace(/^.*?\/proxy(?=\/|$)/, "") || "/";
  const url = new URL(`${scheme}://${name}${/^\d+$/.test(port) ? `:${port}` : ""}${below}`);
  url.search = query;
  const given = new Headers();
  for (const field of headers.names())
    if (!kept.has(field) && !field.startsWith(":")) for (const value of headers.all(field)) given.append(field, value);
  const withBody = method !== "GET" && method !== "HEAD" && body.length > 0;
  const response = await answer(
    new Request(url, {
      method,
      headers: given,
      signal,
      redirect: "manual",
      ...(withBody ? { body: body as NonNullable<RequestInit["body"]> } : {}),
    }),
  );
  const shown: Record<string, readonly string[]> = {};
  response.headers.forEach((value, field) => void (shown[field] = [value]));
  const { status } = response;
  return { kind: "whole", answer: { status, headers: shown, body: new Uint8Array(await response.arrayBuffer()) } };
}

/** What the API server keeps for itself. */
const kept: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "upgrade",
  "transfer-encoding",
  "content-length",
]);
