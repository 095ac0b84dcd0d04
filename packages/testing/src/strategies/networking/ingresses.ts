import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, invalidCause, notSupportedCause, requiredCause } from "../../validation/causes.ts";
import { wrongForm, wrongNumberForm, wrongRequiredForm } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import {
  wrongDnsLabel,
  wrongDnsSubdomain,
  wrongPathSegmentName,
  wrongPortName,
  wrongPortNumber,
  wrongWildcardDomain,
} from "../../validation/forms.ts";
import { ipWarnings, parseIp, wrongIp } from "../../validation/ip.ts";
import { collectionOf } from "../../state/collection-of.ts";
import type { Draft } from "../../objects/draft.ts";
import type { ServerState } from "../../state/server-state.ts";
import type { Strategy } from "../strategy.ts";
import { newestDefault } from "../newest-default.ts";

// k8s.io/kubernetes pkg/apis/networking/validation

const annotation = "kubernetes.io/ingress.class";
const pathTypes: readonly string[] = ["Exact", "ImplementationSpecific", "Prefix"];
const wrongSequences: readonly string[] = ["//", "/./", "/../", "%2f", "%2F"];
const wrongSuffixes: readonly string[] = ["/..", "/."];
const noName = "must be a DNS name, not an IP address";

/** An Ingress. */
export const ingresses: Strategy = {
  admitCreate: (draft, { state }) => setClass(draft, state),
  *validate(draft) {
    yield* wrongIngress(draft);
    const name = objectIn(objectIn(draft, "metadata"), "annotations")[annotation];
    const given = objectIn(draft, "spec")["ingressClassName"];
    if (name !== undefined && given !== undefined && name !== given)
      yield invalidCause(`annotations.${annotation}`, name, "must match `ingressClassName` when both are specified");
  },
  validateUpdate: wrongIngress,
  warnings(draft) {
    const isOld = objectIn(objectIn(draft, "metadata"), "annotations")[annotation] !== undefined;
    if (!isOld || objectIn(draft, "spec")["ingressClassName"] !== undefined) return [];
    return [`annotation "${annotation}" is deprecated, please use 'spec.ingressClassName' instead`];
  },
};

/** `ingresses/status` */
export const ingressStatus: Strategy = {
  validateUpdate: wrongStatus,
  updateWarnings: (draft) =>
    balancersOf(draft).flatMap((one, index) => ipWarnings(`status.loadBalancer.ingress[${index}]`, textIn(one, "ip"))),
};

/** The class that is marked as the cluster's default (plugin/pkg/admission/network/defaultingressclass). */
function setClass(draft: Draft, state: ServerState): void {
  const spec = objectIn(draft, "spec");
  if (spec["ingressClassName"] !== undefined || objectIn(draft.metadata, "annotations")[annotation] !== undefined)
    return;
  const found = newestDefault(collectionOf(state, "networking.k8s.io", "ingressclasses"), [
    "ingressclass.kubernetes.io/is-default-class",
  ]);
  if (found !== undefined) draft["spec"] = { ...spec, ingressClassName: found.metadata.name };
}

function* wrongIngress(ingress: Fields): Causes {
  const spec = objectIn(ingress, "spec");
  const rules = objectsIn(spec, "rules");
  const backend = presentIn(spec, "defaultBackend");
  if (rules.length === 0 && backend === undefined)
    yield invalidCause("spec", spec["rules"] ?? null, "either `defaultBackend` or `rules` must be specified");
  if (backend !== undefined) yield* wrongBackend(backend, "spec.defaultBackend");
  for (const [index, rule] of rules.entries()) yield* wrongRule(rule, `spec.rules[${index}]`);
  for (const [index, tls] of objectsIn(spec, "tls").entries()) yield* wrongTls(tls, `spec.tls[${index}]`);
  if (spec["ingressClassName"] !== undefined)
    yield* wrongForm("spec.ingressClassName", textIn(spec, "ingressClassName"), wrongDnsSubdomain);
}

function* wrongTls(tls: Fields, at: string): Causes {
  for (const [index, host] of textsIn(tls, "hosts").entries())
    yield* wrongForm(`${at}.hosts[${index}]`, host, hostForm(host));
  const secret = textIn(tls, "secretName");
  if (secret !== "") yield* wrongForm(`${at}.secretName`, secret, wrongDnsSubdomain);
}

function hostForm(host: string): (value: string) => readonly string[] {
  return host.includes("*") ? wrongWildcardDomain : wrongDnsSubdomain;
}

function* wrongRule(rule: Fields, at: string): Causes {
  const host = textIn(rule, "host");
  if (host !== "") {
    if (parseIp(host) !== undefined) yield invalidCause(`${at}.host`, host, noName);
    yield* wrongForm(`${at}.host`, host, hostForm(host));
  }
  const http = presentIn(rule, "http");
  if (http === undefined) return;
  const paths = objectsIn(http, "paths");
  if (paths.length === 0) yield requiredCause(`${at}.http.paths`);
  for (const [index, path] of paths.entries()) yield* wrongPath(path, `${at}.http.paths[${index}]`);
}

function* wrongPath(given: Fields, at: string): Causes {
  const { pathType } = given;
  if (typeof pathType !== "string") {
    yield requiredCause(`${at}.pathType`, "pathType must be specified");
    return;
  }
  const path = textIn(given, "path");
  const isFree = pathType === "ImplementationSpecific";
  if (!pathTypes.includes(pathType)) yield notSupportedCause(`${at}.pathType`, pathType, pathTypes);
  else {
    if (!path.startsWith("/") && !(isFree && path === ""))
      yield invalidCause(`${at}.path`, path, "must be an absolute path");
    if (!isFree) {
      for (const part of wrongSequences)
        if (path.includes(part)) yield invalidCause(`${at}.path`, path, `must not contain '${part}'`);
      for (const end of wrongSuffixes)
        if (path.endsWith(end)) yield invalidCause(`${at}.path`, path, `cannot end with '${end}'`);
    }
  }
  yield* wrongBackend(objectIn(given, "backend"), `${at}.backend`);
}

function* wrongBackend(backend: Fields, at: string): Causes {
  const [resource, service] = [presentIn(backend, "resource"), presentIn(backend, "service")];
  if (resource !== undefined && service !== undefined)
    yield invalidCause(at, "", "cannot set both resource and service backends");
  else if (resource !== undefined) yield* wrongReference(resource, `${at}.resource`);
  else if (service === undefined) yield invalidCause(at, "", "resource or service backend is required");
  else {
    yield* wrongRequiredForm(`${at}.service.name`, textIn(service, "name"), wrongDnsLabel);
    yield* wrongBackendPort(objectIn(service, "port"), at);
  }
}

function* wrongBackendPort(port: Fields, at: string): Causes {
  const [name, number] = [textIn(port, "name"), numberIn(port, "number") ?? 0];
  if (name !== "" && number !== 0) yield invalidCause(at, "", "cannot set both port name & port number");
  else if (name !== "") yield* wrongForm(`${at}.service.port.name`, name, wrongPortName);
  else if (number !== 0) yield* wrongNumberForm(`${at}.service.port.number`, number, wrongPortNumber);
  else yield requiredCause(at, "port name or number is required");
}

/** A reference to an object of any kind by its group, kind and name. */
export function* wrongReference(reference: Fields, at: string): Causes {
  if (typeof reference["apiGroup"] === "string")
    yield* wrongForm(`${at}.apiGroup`, reference["apiGroup"], wrongDnsSubdomain);
  yield* wrongRequiredForm(`${at}.kind`, textIn(reference, "kind"), wrongPathSegmentName);
  yield* wrongRequiredForm(`${at}.name`, textIn(reference, "name"), wrongPathSegmentName);
}

function balancersOf(ingress: Fields): readonly Fields[] {
  return objectsIn(objectIn(objectIn(ingress, "status"), "loadBalancer"), "ingress");
}

function* wrongStatus(ingress: Fields, old: ApiObject): Causes {
  const before = balancersOf(old).map((one) => textIn(one, "ip"));
  for (const [index, one] of balancersOf(ingress).entries()) {
    const at = `status.loadBalancer.ingress[${index}]`;
    const [ip, hostname] = [textIn(one, "ip"), textIn(one, "hostname")];
    if (ip !== "" && !before.includes(ip)) yield* wrongIp(`${at}.ip`, ip);
    if (hostname === "") continue;
    yield* wrongForm(`${at}.hostname`, hostname, wrongDnsSubdomain);
    if (parseIp(hostname) !== undefined) yield invalidCause(`${at}.hostname`, hostname, noName);
  }
}
