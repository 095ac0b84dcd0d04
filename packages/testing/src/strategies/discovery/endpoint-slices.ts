import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import {
  type Causes,
  duplicateCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
  tooManyCause,
} from "../../validation/causes.ts";
import { wrongChange, wrongChoice, wrongForm, wrongLabelsIn } from "../../validation/checks.ts";
import { wrongEndpointIp } from "../../validation/endpoint-ip.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain, wrongLabelValue, wrongQualifiedName } from "../../validation/forms.ts";
import { ipWarnings, parseIp, wrongCanonicalIp, wrongIp } from "../../validation/ip.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/discovery/validation

const addressTypes: readonly string[] = ["FQDN", "IPv4", "IPv6"];
const protocols: readonly string[] = ["SCTP", "TCP", "UDP"];
const most = { ports: 20_000, endpoints: 1000, addresses: 100, hints: 8, labels: 16 };

/** An EndpointSlice. */
export const endpointSlices: Strategy = {
  prepareForCreate: dropTopology,
  validate: (draft) => wrongSlice(draft, undefined),
  prepareForUpdate(draft, old) {
    if (isChanged(draft, old)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
    // Afterwards: what was sent of it is a change all the same.
    dropTopology(draft);
  },
  *validateUpdate(draft, old) {
    yield* wrongSlice(draft, old);
    yield* wrongChange("addressType", draft["addressType"], old["addressType"]);
  },
  warnings: (draft) => [
    ...(draft["addressType"] === "FQDN" ? ["spec.addressType: FQDN endpoints are deprecated"] : []),
    ...sliceWarnings(draft),
  ],
  updateWarnings: sliceWarnings,
};

/** Nothing is kept of a field that is no part of this version any more. */
function dropTopology(draft: Draft): void {
  const endpoints = objectsIn(draft, "endpoints");
  if (endpoints.some((one) => one["deprecatedTopology"] !== undefined))
    draft["endpoints"] = endpoints.map((one) => ({ ...one, deprecatedTopology: undefined }));
}

/** All but metadata counts, and labels. */
function isChanged(
  draft: Draft,
  {
    metadata: { labels },
    ...old
  }: Readonly<Record<string, unknown>> & { readonly metadata: { readonly labels?: unknown } },
): boolean {
  const { metadata, ...rest } = draft;
  return !equalValues(rest, old) || !equalValues(metadata.labels ?? {}, labels ?? {});
}

function* wrongSlice(slice: Fields, old: Fields | undefined): Causes {
  yield* wrongChoice("addressType", textIn(slice, "addressType"), addressTypes);
  yield* wrongPorts(objectsIn(slice, "ports"));
  if (old === undefined || !equalValues(slice["endpoints"], old["endpoints"]))
    yield* wrongEndpoints(objectsIn(slice, "endpoints"), textIn(slice, "addressType"));
}

function* wrongPorts(ports: readonly Fields[]): Causes {
  if (ports.length > most.ports) {
    yield tooManyCause("ports", ports.length, most.ports);
    return;
  }
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `ports[${index}]`;
    const name = textIn(port, "name");
    if (name !== "") yield* wrongForm(`${at}.name`, name, wrongDnsLabel);
    if (names.has(name)) yield duplicateCause(`${at}.name`, name);
    names.add(name);
    const { protocol } = port;
    if (protocol === undefined || protocol === null) yield requiredCause(`${at}.protocol`);
    else if (!protocols.includes(textIn(port, "protocol")))
      yield notSupportedCause(`${at}.protocol`, protocol, protocols);
    if (typeof port["appProtocol"] === "string")
      yield* wrongForm(`${at}.appProtocol`, port["appProtocol"], wrongQualifiedName);
  }
}

function* wrongEndpoints(endpoints: readonly Fields[], type: string): Causes {
  if (endpoints.length > most.endpoints) {
    yield tooManyCause("endpoints", endpoints.length, most.endpoints);
    return;
  }
  for (const [index, endpoint] of endpoints.entries()) yield* wrongEndpoint(endpoint, type, `endpoints[${index}]`);
}

function* wrongEndpoint(endpoint: Fields, type: string, at: string): Causes {
  const addresses = textsIn(endpoint, "addresses");
  if (addresses.length === 0) yield requiredCause(`${at}.addresses`, "must contain at least 1 address");
  else if (addresses.length > most.addresses) yield tooManyCause(`${at}.addresses`, addresses.length, most.addresses);
  for (const [index, address] of addresses.entries()) yield* wrongAddress(address, type, `${at}.addresses`, index);
  if (typeof endpoint["nodeName"] === "string")
    yield* wrongForm(`${at}.nodeName`, endpoint["nodeName"], wrongDnsSubdomain);
  const topology = Object.keys(objectIn(endpoint, "deprecatedTopology")).length;
  if (topology > most.labels) yield tooManyCause(`${at}.deprecatedTopology`, topology, most.labels);
  yield* wrongLabelsIn(endpoint, "deprecatedTopology", `${at}.deprecatedTopology`);
  if (typeof endpoint["hostname"] === "string") yield* wrongForm(`${at}.hostname`, endpoint["hostname"], wrongDnsLabel);
  const hints = presentIn(endpoint, "hints");
  if (hints === undefined) return;
  yield* wrongHints(hints, "forZones", wrongLabelValue, `${at}.hints.forZones`);
  yield* wrongHints(hints, "forNodes", wrongDnsSubdomain, `${at}.hints.forNodes`);
}

function* wrongAddress(address: string, type: string, at: string, index: number): Causes {
  const here = `${at}[${index}]`;
  if (type === "FQDN") yield* wrongDomain(here, address);
  if (type !== "IPv4" && type !== "IPv6") return;
  const wrong = [...(type === "IPv4" ? wrongIp(here, address) : wrongCanonicalIp(here, address))];
  yield* wrong;
  if (wrong.length > 0) return;
  if (`IPv${parseIp(address)?.family ?? 4}` !== type) yield invalidCause(at, address, `must be an ${type} address`);
  yield* wrongEndpointIp(here, address);
}

/** IsFullyQualifiedDomainName */
function* wrongDomain(at: string, name: string): Causes {
  if (name === "") {
    yield requiredCause(at);
    return;
  }
  const domain = name.replace(/\.$/, "");
  const problems = wrongDnsSubdomain(domain);
  if (problems.length > 0) yield invalidCause(at, domain, problems.join(","));
  else if (!domain.includes("."))
    yield invalidCause(at, domain, "should be a domain with at least two segments separated by dots");
}

function* wrongHints(hints: Fields, field: string, form: (value: string) => readonly string[], at: string): Causes {
  const items = objectsIn(hints, field);
  if (items.length > most.hints) {
    yield tooManyCause(at, items.length, most.hints);
    return;
  }
  const names = new Set<string>();
  for (const [index, item] of items.entries()) {
    const name = textIn(item, "name");
    if (names.has(name)) yield duplicateCause(`${at}[${index}].name`, name);
    names.add(name);
    yield* wrongForm(`${at}[${index}].name`, name, form);
  }
}

const controllers: readonly unknown[] = ["endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io"];

function sliceWarnings(slice: Fields): readonly string[] {
  const labels = objectIn(objectIn(slice, "metadata"), "labels");
  if (controllers.includes(labels["endpointslice.kubernetes.io/managed-by"])) return [];
  return objectsIn(slice, "endpoints").flatMap((endpoint, index) =>
    textsIn(endpoint, "addresses").flatMap((address, which) =>
      ipWarnings(`endpoints[${index}].addresses[${which}]`, address),
    ),
  );
}
