import { equalValues } from "../../objects/equal-values.ts";
import { type Causes, requiredCause } from "../../validation/causes.ts";
import { wrongChoice, wrongForm, wrongNumberForm } from "../../validation/checks.ts";
import { wrongEndpointIp } from "../../validation/endpoint-ip.ts";
import { type Fields, numberIn, objectIn, objectsIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain, wrongPortNumber, wrongQualifiedName } from "../../validation/forms.ts";
import { ipWarnings, wrongIp } from "../../validation/ip.ts";
import type { Strategy } from "../strategy.ts";

const protocols: readonly string[] = ["SCTP", "TCP", "UDP"];

/** Endpoints (k8s.io/kubernetes pkg/apis/core/validation, ValidateEndpoints). */
export const endpoints: Strategy = {
  validate: wrongSubsets,
  // What was kept by older servers may be wrong, as long as it stays.
  validateUpdate: (draft, old) => (equalValues(draft["subsets"], old["subsets"]) ? [] : wrongSubsets(draft)),
  warnings: endpointWarnings,
  updateWarnings: endpointWarnings,
};

function* wrongSubsets(object: Fields): Causes {
  for (const [index, subset] of objectsIn(object, "subsets").entries()) {
    const at = `subsets[${index}]`;
    const ready = objectsIn(subset, "addresses");
    const others = objectsIn(subset, "notReadyAddresses");
    if (ready.length + others.length === 0) yield requiredCause(at, "must specify `addresses` or `notReadyAddresses`");
    for (const [which, address] of ready.entries()) yield* wrongAddress(address, `${at}.addresses[${which}]`);
    for (const [which, address] of others.entries()) yield* wrongAddress(address, `${at}.notReadyAddresses[${which}]`);
    const ports = objectsIn(subset, "ports");
    for (const [which, port] of ports.entries()) yield* wrongPort(port, ports.length > 1, `${at}.ports[${which}]`);
  }
}

function* wrongAddress(address: Fields, at: string): Causes {
  const ip = textIn(address, "ip");
  yield* wrongIp(`${at}.ip`, ip);
  const hostname = textIn(address, "hostname");
  if (hostname !== "") yield* wrongForm(`${at}.hostname`, hostname, wrongDnsLabel);
  if (address["nodeName"] !== undefined)
    yield* wrongForm(`${at}.nodeName`, textIn(address, "nodeName"), wrongDnsSubdomain);
  yield* wrongEndpointIp(`${at}.ip`, ip);
}

function* wrongPort(port: Fields, needsName: boolean, at: string): Causes {
  const name = textIn(port, "name");
  if (name !== "") yield* wrongForm(`${at}.name`, name, wrongDnsLabel);
  else if (needsName) yield requiredCause(`${at}.name`);
  yield* wrongNumberForm(`${at}.port`, numberIn(port, "port") ?? 0, wrongPortNumber);
  yield* wrongChoice(`${at}.protocol`, textIn(port, "protocol"), protocols);
  if (port["appProtocol"] !== undefined)
    yield* wrongForm(`${at}.appProtocol`, textIn(port, "appProtocol"), wrongQualifiedName);
}

const controller = "endpoint-controller";

function endpointWarnings(object: Fields): readonly string[] {
  const labels = objectIn(objectIn(object, "metadata"), "labels");
  if (labels["endpoints.kubernetes.io/managed-by"] === controller) return [];
  return objectsIn(object, "subsets").flatMap((subset, index) =>
    ["addresses", "notReadyAddresses"].flatMap((field) =>
      objectsIn(subset, field).flatMap((address, which) =>
        ipWarnings(`subsets[${index}].${field}[${which}].ip`, textIn(address, "ip")),
      ),
    ),
  );
}
