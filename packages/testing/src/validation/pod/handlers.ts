import { type Causes, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from "../causes.ts";
import { wrongForm, wrongSign } from "../checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { wrongHeaderName, wrongPortName, wrongPortNumber } from "../forms.ts";

/** How the pod's containers are asked whether they are well. */
export function* wrongProbes(container: Fields, spec: Fields, at: string): Causes {
  for (const field of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    const probe = presentIn(container, field);
    if (probe === undefined) continue;
    const place = `${at}.${field}`;
    yield* wrongProbe(probe, spec, place);
    const { successThreshold, terminationGracePeriodSeconds: grace } = probe;
    if (field !== "readinessProbe") {
      if (successThreshold !== 1) yield invalidCause(`${place}.successThreshold`, successThreshold ?? 0, "must be 1");
    } else if (grace !== undefined) {
      const why = "must not be set for readinessProbes";
      yield invalidCause(`${place}.terminationGracePeriodSeconds`, grace, why);
    }
  }
}

const probeNumbers = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

function* wrongProbe(probe: Fields, spec: Fields, at: string): Causes {
  yield* wrongHandler(probe, ["exec", "httpGet", "tcpSocket", "grpc"], spec, at);
  for (const field of probeNumbers) yield* wrongSign(`${at}.${field}`, numberIn(probe, field));
  const grace = numberIn(probe, "terminationGracePeriodSeconds");
  if (grace !== undefined && grace <= 0)
    yield invalidCause(`${at}.terminationGracePeriodSeconds`, grace, "must be greater than 0");
}

/** What is done after a container starts and before it ends. */
export function* wrongLifecycle(container: Fields, spec: Fields, at: string): Causes {
  const lifecycle = objectIn(container, "lifecycle");
  for (const field of ["postStart", "preStop"]) {
    const handler = presentIn(lifecycle, field);
    if (handler === undefined) continue;
    yield* wrongHandler(handler, ["exec", "httpGet", "tcpSocket", "sleep"], spec, `${at}.lifecycle.${field}`);
  }
}

type HandlerKind = "exec" | "httpGet" | "tcpSocket" | "grpc" | "sleep";

function* wrongHandler(handler: Fields, kinds: readonly HandlerKind[], spec: Fields, at: string): Causes {
  const given = kinds.filter((kind) => presentIn(handler, kind) !== undefined);
  for (const [index, kind] of given.entries()) {
    const place = `${at}.${kind}`;
    if (index > 0) yield forbiddenCause(place, "may not specify more than 1 handler type");
    else yield* handlerRules[kind](objectIn(handler, kind), place, spec);
  }
  if (given.length === 0) yield requiredCause(at, "must specify a handler type");
}

const handlerRules: Readonly<Record<HandlerKind, (action: Fields, at: string, spec: Fields) => Causes>> = {
  *exec(action, at) {
    if (textsIn(action, "command").length === 0) yield requiredCause(`${at}.command`);
  },
  *httpGet(action, at) {
    if (textIn(action, "path") === "") yield requiredCause(`${at}.path`);
    yield* wrongPort(action["port"], `${at}.port`);
    const scheme = textIn(action, "scheme");
    if (!schemes.includes(scheme)) yield notSupportedCause(`${at}.scheme`, scheme, schemes);
    for (const header of objectsIn(action, "httpHeaders"))
      yield* wrongForm(`${at}.httpHeaders`, textIn(header, "name"), wrongHeaderName);
  },
  tcpSocket: (action, at) => wrongPort(action["port"], `${at}.port`),
  grpc: (action, at) => wrongPort(action["port"], `${at}.port`),
  *sleep(action, at, spec) {
    const seconds = numberIn(action, "seconds") ?? 0;
    const grace = numberIn(spec, "terminationGracePeriodSeconds");
    if (grace === undefined || (seconds >= 0 && seconds <= grace)) return;
    yield invalidCause(at, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`);
  },
};

const schemes = ["HTTP", "HTTPS"];

/** A port by its number or its name. */
function* wrongPort(port: unknown, at: string): Causes {
  if (typeof port === "string") yield* wrongForm(at, port, wrongPortName);
  else for (const why of wrongPortNumber(Number(port ?? 0))) yield invalidCause(at, port ?? 0, why);
}
