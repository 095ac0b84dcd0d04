import { type Causes, duplicateCause, invalidCause, requiredCause } from "../causes.ts";
import { wrongChoice, wrongForm, wrongRequiredForm } from "../checks.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { wrongDnsLabel, wrongPortName, wrongPortNumber } from "../forms.ts";
import { wrongEnv, wrongEnvFrom } from "./env.ts";
import { wrongVolumeDevices, wrongVolumeMounts } from "./mounts.ts";
import type { PodParts } from "./pod-parts.ts";
import { wrongResources } from "./resources.ts";
import { wrongSecurityContext } from "./security-context.ts";

/** What holds for all containers (validateContainerCommon). */
export function* wrongContainer(container: Fields, parts: PodParts, at: string): Causes {
  yield* wrongRequiredForm(`${at}.name`, textIn(container, "name"), wrongDnsLabel);
  if (textIn(container, "image") === "") yield requiredCause(`${at}.image`);
  const messages = textIn(container, "terminationMessagePolicy");
  yield* wrongChoice(`${at}.terminationMessagePolicy`, messages, ["File", "FallbackToLogsOnError"]);
  yield* wrongPorts(objectsIn(container, "ports"), `${at}.ports`);
  yield* wrongEnv(objectsIn(container, "env"), `${at}.env`);
  yield* wrongEnvFrom(objectsIn(container, "envFrom"), `${at}.envFrom`);
  yield* wrongVolumeMounts(container, parts.volumes, `${at}.volumeMounts`);
  yield* wrongVolumeDevices(container, parts.volumes, `${at}.volumeDevices`);
  yield* wrongPullPolicy(textIn(container, "imagePullPolicy"), `${at}.imagePullPolicy`);
  yield* wrongResources(objectIn(container, "resources"), `${at}.resources`, parts.claimNames);
  yield* wrongResizePolicy(container, parts.spec, `${at}.resizePolicy`);
  yield* wrongSecurityContext(presentIn(container, "securityContext"), parts.spec, `${at}.securityContext`);
}

/** What is refused in pods only: templates that have it already are left alone. */
export function* wrongImage(container: Fields, at: string): Causes {
  const image = textIn(container, "image");
  if (image !== image.trim()) yield invalidCause(`${at}.image`, image, "must not have leading or trailing whitespace");
}

/** When an image is fetched anew. */
export function wrongPullPolicy(policy: string, at: string): Causes {
  return wrongChoice(at, policy, ["Always", "IfNotPresent", "Never"]);
}

function* wrongPorts(ports: readonly Fields[], at: string): Causes {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const place = `${at}[${index}]`;
    const name = textIn(port, "name");
    if (name !== "") {
      const why = wrongPortName(name);
      if (why.length > 0) yield* wrongForm(`${place}.name`, name, () => why);
      else if (names.has(name)) yield duplicateCause(`${place}.name`, name);
      else names.add(name);
    }
    yield* wrongPortNumbers(port, place);
    yield* wrongChoice(`${place}.protocol`, textIn(port, "protocol"), ["SCTP", "TCP", "UDP"]);
  }
}

function* wrongPortNumbers(port: Fields, at: string): Causes {
  const { containerPort = 0, hostPort = 0 } = port as { containerPort?: number; hostPort?: number };
  if (containerPort === 0) yield requiredCause(`${at}.containerPort`);
  else for (const why of wrongPortNumber(containerPort)) yield invalidCause(`${at}.containerPort`, containerPort, why);
  if (hostPort !== 0) for (const why of wrongPortNumber(hostPort)) yield invalidCause(`${at}.hostPort`, hostPort, why);
}

function* wrongResizePolicy(container: Fields, spec: Fields, at: string): Causes {
  const seen = new Set<string>();
  for (const [index, policy] of objectsIn(container, "resizePolicy").entries()) {
    const name = textIn(policy, "resourceName");
    const restart = textIn(policy, "restartPolicy");
    if (seen.has(name)) yield duplicateCause(`${at}[${index}]`, name);
    seen.add(name);
    yield* wrongChoice(at, name, ["cpu", "memory"]);
    yield* wrongChoice(at, restart, ["NotRequired", "RestartContainer"]);
    if (spec["restartPolicy"] === "Never" && restart !== "NotRequired")
      yield invalidCause(at, restart, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
  }
}
