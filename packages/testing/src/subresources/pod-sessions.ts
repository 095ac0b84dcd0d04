import { decide } from "../access/authorize.ts";
import type { ServerUpgrade } from "../exchange/exchange.ts";
import { badRequest, forbidden } from "../exchange/refusal.ts";
import type { ContainerProcess } from "../hooks/hooks.ts";
import type { Call } from "../request/call.ts";
import { execProtocols } from "../sessions/channels.ts";
import { portUpgrade, type PortSession } from "../sessions/port-session.ts";
import { programUpgrade } from "../sessions/program-session.ts";
import { exited, type RunStatus, succeeded } from "../sessions/run-status.ts";
import { tunnelProtocol, tunnelUpgrade } from "../sessions/tunnel-session.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { objectIn, objectsIn, textIn } from "../validation/fields.ts";
import { containerStatusOf } from "../validation/pod/pod-parts.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { checkContainer, checkHost, findPod, unreachable } from "./connections.ts";
import { text, upgraded } from "./whole-answers.ts";

type Play = (process: ContainerProcess) => Promise<RunStatus>;

/** A program in a pod's container, or what it says: `exec` and `attach`. */
export function podProgram(call: Call, state: ServerState): Outcome {
  const pod = findPod(call, state);
  checkContainer(pod, call.query.get("container") ?? "");
  checkHost(pod);
  const { query } = call;
  const container = query.get("container") || textIn(objectsIn(objectIn(pod, "spec"), "containers")[0], "name");
  const play = playOf(call, container, state);
  if (play === undefined) throw unreachable(pod, state);
  checkUpgrade(call, state);
  const wants = (stream: string): boolean => query.get(stream) === "true" || query.get(stream) === "1";
  const tty = wants("tty");
  const streams = { stdin: wants("stdin"), stdout: wants("stdout"), stderr: wants("stderr") && !tty };
  if (!Object.values(streams).includes(true)) return text(400, "you must specify at least 1 of stdin, stdout, stderr");
  if (!runs(pod, container)) return text(500, `container not found (${JSON.stringify(container)})`);
  const { v5, v4 } = execProtocols;
  const protocol = chosen(call, state.hooks.spoken.v5 ? [v5, v4] : [v4]);
  if (protocol === undefined) return notSpoken;
  const process = { ...placeOf(call), container, tty };
  return accepted(programUpgrade({ protocol, ...streams, process, play }), state);
}

/** The ports of a pod. */
export function podPorts(call: Call, state: ServerState): Outcome {
  const pod = findPod(call, state);
  checkHost(pod);
  const { hooks } = state;
  if (!hooks.hasKubelet) throw unreachable(pod, state);
  const asked = call.query.getAll("ports").flatMap((text) => text.split(","));
  for (const port of asked) checkPort(port);
  checkUpgrade(call, state);
  const { namespace, pod: name, user } = placeOf(call);
  const session: PortSession = {
    of: { namespace, pod: name, user },
    serve: (port) => hooks.portForward({ namespace, pod: name, port }),
  };
  const { v4 } = execProtocols;
  const protocol = chosen(call, hooks.spoken.tunnel ? [tunnelProtocol, v4] : [v4]);
  if (protocol === undefined) return notSpoken;
  if (protocol === tunnelProtocol) return accepted(tunnelUpgrade(session), state);
  if (asked.length === 0) return text(400, 'query parameter "port" is required');
  return accepted(portUpgrade(asked.map(Number), session), state);
}

function playOf(call: Call, container: string, { hooks }: ServerState): Play | undefined {
  const of = { ...placeOf(call), container };
  if (call.subresource?.name === "attach") {
    const attach = hooks.attach(of);
    if (attach === undefined) return undefined;
    return async (process) => {
      await attach(process);
      return succeeded;
    };
  }
  const run = hooks.exec(of);
  const command = call.query.getAll("command");
  return run === undefined ? undefined : async (process) => exited((await run({ ...process, command })) ?? 0);
}

function placeOf({ namespace = "", name = "", user }: Call): Pick<ContainerProcess, "namespace" | "pod" | "user"> {
  return { namespace, pod: name, user };
}

/** Connections are for upgrades, and since 1.35 these need `create` too. @throws Refusal */
function checkUpgrade(call: Call, { access }: ServerState): void {
  const { request, resource, subresource, namespace, name = "", user } = call;
  const { group, version, plural } = resource;
  const asked = { user, path: request.path, group, version, resource: plural, subresource: subresource?.name };
  if (request.upgrade !== undefined && !decide({ ...asked, verb: "create", namespace, name }, access).allowed)
    throw forbidden({ group, name: plural }, name, "");
  if (request.upgrade === undefined) throw badRequest("Upgrade request required");
}

/** The conversion of PodPortForwardOptions. @throws Refusal 400 */
function checkPort(text: string): void {
  if (!/^\d+$/.test(text))
    throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** What the server takes of what is offered: the best of its own, whatever the order. */
function chosen({ request: { upgrade = [] } }: Call, spoken: readonly string[]): string | undefined {
  return spoken.find((one) => upgrade.includes(one));
}

/** Of pods whose status says nothing, everything runs. */
function runs(pod: ApiObject, container: string): boolean {
  const status = objectIn(pod, "status");
  if (["Succeeded", "Failed"].includes(textIn(status, "phase"))) return false;
  const { state } = (containerStatusOf(pod, container) ?? {}) as {
    readonly state?: { readonly waiting?: object; readonly terminated?: object };
  };
  return state?.waiting === undefined && state?.terminated === undefined;
}

/** A handshake that finds no subprotocol (golang.org/x/net/websocket). */
const notSpoken: Outcome = { kind: "whole", answer: { status: 403, headers: {}, body: new Uint8Array() } };

/** The connection is over when the server ends. */
function accepted({ protocol, run }: ServerUpgrade, { ended }: ServerState): Outcome {
  return upgraded({
    protocol,
    async run(socket) {
      const close = (): void => void socket.close();
      ended.addEventListener("abort", close, { once: true });
      try {
        await run(socket);
      } finally {
        ended.removeEventListener("abort", close);
      }
    },
  });
}
