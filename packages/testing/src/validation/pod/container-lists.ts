import { type Causes, duplicateCause, forbiddenCause, invalidCause, notFoundCause, requiredCause } from "../causes.ts";
import { type Fields, numberIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { wrongContainer, wrongImage } from "./container.ts";
import { wrongLifecycle, wrongProbes } from "./handlers.ts";
import type { PodParts } from "./pod-parts.ts";
import { wrongRestartRules } from "./restart-rules.ts";

/** The containers that run all the time. */
export function* wrongContainers(parts: PodParts, at: string): Causes {
  const containers = objectsIn(parts.spec, "containers");
  if (containers.length === 0) {
    yield requiredCause(at);
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const place = `${at}[${index}]`;
    yield* wrongContainer(container, parts, place);
    yield* repeatedName(textIn(container, "name"), names, place);
    yield* wrongLifecycle(container, parts.spec, place);
    yield* wrongProbes(container, parts.spec, place);
    yield* wrongRestartRules(container, place);
  }
  yield* repeatedHostPorts(containers, at);
}

/** Those that run before; with `restartPolicy: Always` they go on beside the others. */
export function* wrongInitContainers(parts: PodParts, at: string): Causes {
  const names = new Set(namesIn(parts.spec, "containers"));
  for (const [index, container] of objectsIn(parts.spec, "initContainers").entries()) {
    const place = `${at}[${index}]`;
    const goesOn = container["restartPolicy"] === "Always";
    yield* wrongContainer(container, parts, place);
    yield* wrongInitRestartRules(container, place);
    const name = textIn(container, "name");
    if (name !== "" || names.has(name)) yield* repeatedName(name, names, place);
    yield* repeatedHostPorts([container], at);
    if (goesOn) {
      yield* wrongLifecycle(container, parts.spec, place);
      yield* wrongProbes(container, parts.spec, place);
    } else yield* notForShortLived(container, place);
  }
}

/** Without a policy, the rules are not looked at. */
function* wrongInitRestartRules(container: Fields, at: string): Causes {
  if (container["restartPolicy"] !== undefined) yield* wrongRestartRules(container, at);
  else if (objectsIn(container, "restartPolicyRules").length > 0)
    yield requiredCause(`${at}.restartPolicy`, "must specify restartPolicy when restart rules are used");
}

function* notForShortLived(container: Fields, at: string): Causes {
  for (const field of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]) {
    if (presentIn(container, field) === undefined) continue;
    yield forbiddenCause(`${at}.${field}`, "may not be set for init containers without restartPolicy=Always");
  }
  for (const [index, { restartPolicy }] of objectsIn(container, "resizePolicy").entries()) {
    if (restartPolicy !== "RestartContainer") continue;
    const why = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    yield invalidCause(`${at}.resizePolicy[${index}].restartPolicy`, restartPolicy, why);
  }
}

/** Those for debugging, which are added while the pod runs. */
export function* wrongEphemeralContainers(parts: PodParts, at: string): Causes {
  const others = new Set([...namesIn(parts.spec, "containers"), ...namesIn(parts.spec, "initContainers")]);
  const names = new Set(others);
  for (const [index, container] of objectsIn(parts.spec, "ephemeralContainers").entries()) {
    const place = `${at}[${index}]`;
    yield* wrongContainer(container, parts, place);
    yield* wrongImage(container, place);
    yield* repeatedName(textIn(container, "name"), names, place);
    const target = textIn(container, "targetContainerName");
    if (target !== "" && !others.has(target)) yield notFoundCause(`${place}.targetContainerName`, target);
    yield* notForDebugging(container, place);
  }
}

/** In the order of the fields of the Go type. */
const fieldsNotForDebugging = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
];

function* notForDebugging(container: Fields, at: string): Causes {
  const why = "cannot be set for an Ephemeral Container";
  for (const field of fieldsNotForDebugging) {
    const value = container[field];
    const isSet = field === "resources" ? Object.keys((value ?? {}) as Fields).length > 0 : value !== undefined;
    if (isSet) yield forbiddenCause(`${at}.${field}`, why);
  }
  for (const [index, mount] of objectsIn(container, "volumeMounts").entries()) {
    for (const field of ["subPath", "subPathExpr"])
      if (textIn(mount, field) !== "") yield forbiddenCause(`${at}.volumeMounts[${index}].${field}`, why);
  }
}

function namesIn(spec: Fields, field: string): readonly string[] {
  return objectsIn(spec, field).map((container) => textIn(container, "name"));
}

function* repeatedName(name: string, names: Set<string>, at: string): Causes {
  if (names.has(name)) yield duplicateCause(`${at}.name`, name);
  names.add(name);
}

function* repeatedHostPorts(containers: readonly Fields[], at: string): Causes {
  const seen = new Set<string>();
  for (const [index, container] of containers.entries()) {
    for (const [place, port] of objectsIn(container, "ports").entries()) {
      const hostPort = numberIn(port, "hostPort") ?? 0;
      if (hostPort === 0) continue;
      const key = `${textIn(port, "protocol")}/${textIn(port, "hostIP")}/${hostPort}`;
      if (seen.has(key)) yield duplicateCause(`${at}[${index}].ports[${place}].hostPort`, key);
      seen.add(key);
    }
  }
}
