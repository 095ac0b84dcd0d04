import {
  type Causes,
  duplicateCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongForm, wrongLabelSelectorIn } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { outOfRange, wrongDnsSubdomain, wrongPortNumber, wrongServiceLabel } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/admissionregistration/validation. No webhook is called, and no match condition is read.

const operations: readonly string[] = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
const reviewVersions: readonly string[] = ["v1", "v1beta1"];
const sideEffects: readonly string[] = ["None", "NoneOnDryRun"];

/** What a webhook may say of itself, by the field. */
const choices = [
  ["failurePolicy", ["Fail", "Ignore"]],
  ["matchPolicy", ["Equivalent", "Exact"]],
] as const;
const reinvocations: readonly string[] = ["IfNeeded", "Never"];
const scopes: readonly string[] = ["*", "Cluster", "Namespaced"];

/** A MutatingWebhookConfiguration, or a ValidatingWebhookConfiguration. */
export const webhookConfigurations: Strategy = { validate: wrongConfiguration, validateUpdate: wrongConfiguration };

function* wrongConfiguration(configuration: Fields): Causes {
  const names = new Set<string>();
  for (const [index, hook] of objectsIn(configuration, "webhooks").entries()) {
    const at = `webhooks[${index}]`;
    yield* wrongWebhook(hook, at);
    yield* wrongVersions(textsIn(hook, "admissionReviewVersions"), `${at}.admissionReviewVersions`);
    const name = textIn(hook, "name");
    if (name !== "" && names.has(name)) yield duplicateCause(`${at}.name`, name);
    names.add(name);
  }
}

function* wrongWebhook(hook: Fields, at: string): Causes {
  yield* wrongName(textIn(hook, "name"), `${at}.name`);
  for (const [index, rule] of objectsIn(hook, "rules").entries()) yield* wrongRule(rule, `${at}.rules[${index}]`);
  for (const [field, supported] of choices) yield* wrongOptional(hook, field, supported, at);
  if (typeof hook["sideEffects"] !== "string")
    yield requiredCause(`${at}.sideEffects`, `must specify one of ${sideEffects.join(", ")}`);
  yield* wrongOptional(hook, "sideEffects", sideEffects, at);
  const seconds = numberIn(hook, "timeoutSeconds");
  if (seconds !== undefined && outOfRange(seconds, 1, 30).length > 0)
    yield invalidCause(`${at}.timeoutSeconds`, seconds, "the timeout value must be between 1 and 30 seconds");
  yield* wrongLabelSelectorIn(hook, "namespaceSelector", `${at}.namespaceSelector`);
  yield* wrongLabelSelectorIn(hook, "objectSelector", `${at}.objectSelector`);
  yield* wrongOptional(hook, "reinvocationPolicy", reinvocations, at);
  yield* wrongClient(objectIn(hook, "clientConfig"), `${at}.clientConfig`);
}

function* wrongOptional(object: Fields, field: string, supported: readonly string[], at: string): Causes {
  const value = object[field];
  if (typeof value === "string" && !supported.includes(value))
    yield notSupportedCause(`${at}.${field}`, value, supported);
}

/** IsFullyQualifiedName */
function* wrongName(name: string, at: string): Causes {
  const problems = wrongDnsSubdomain(name);
  if (name === "") yield requiredCause(at);
  else if (problems.length > 0) yield invalidCause(at, name, problems.join(","));
  else if (name.split(".").length < 3)
    yield invalidCause(at, name, "should be a domain with at least three segments separated by dots");
}

function* wrongRule(rule: Fields, at: string): Causes {
  const given = textsIn(rule, "operations");
  yield* wrongList(given, "operations", `${at}.operations`);
  for (const [index, operation] of given.entries())
    if (!operations.includes(operation)) yield notSupportedCause(`${at}.operations[${index}]`, operation, operations);
  yield* wrongList(textsIn(rule, "apiGroups"), "API groups", `${at}.apiGroups`);
  const versions = textsIn(rule, "apiVersions");
  yield* wrongList(versions, "API versions", `${at}.apiVersions`);
  for (const [index, version] of versions.entries())
    if (version === "") yield requiredCause(`${at}.apiVersions[${index}]`);
  yield* wrongResources(textsIn(rule, "resources"), `${at}.resources`);
  yield* wrongOptional(rule, "scope", scopes, at);
}

/** A list that is not empty, in which `*` stands alone. */
function* wrongList(values: readonly string[], others: string, at: string): Causes {
  if (values.length === 0) yield requiredCause(at);
  if (values.length > 1 && values.includes("*"))
    yield invalidCause(at, values, `if '*' is present, must not specify other ${others}`);
}

function* wrongResources(resources: readonly string[], at: string): Causes {
  if (resources.length === 0) yield requiredCause(at);
  const whole = new Set<string>();
  const ofAll = new Set<string>();
  let isAlone = false;
  for (const [index, resource] of resources.entries()) {
    if (resource === "") {
      yield requiredCause(`${at}[${index}]`);
      continue;
    }
    const slash = resource.indexOf("/");
    if (slash < 0) {
      isAlone = resource !== "*";
      continue;
    }
    const [name, sub] = [resource.slice(0, slash), resource.slice(slash + 1)];
    if (whole.has(name))
      yield invalidCause(`${at}[${index}]`, resource, `if '${name}/*' is present, must not specify ${resource}`);
    if (ofAll.has(sub))
      yield invalidCause(`${at}[${index}]`, resource, `if '*/${sub}' is present, must not specify ${resource}`);
    if (sub === "*") whole.add(name);
    if (name === "*") ofAll.add(sub);
  }
  if (resources.length > 1 && resources.includes("*/*"))
    yield invalidCause(at, resources, "if '*/*' is present, must not specify other resources");
  if (resources.includes("*") && isAlone)
    yield invalidCause(at, resources, "if '*' is present, must not specify other resources without subresources");
}

function* wrongVersions(versions: readonly string[], at: string): Causes {
  if (versions.length === 0) {
    yield requiredCause(at, `must specify one of ${reviewVersions.join(", ")}`);
    return;
  }
  for (const [index, version] of versions.entries()) {
    if (versions.indexOf(version) < index) yield invalidCause(`${at}[${index}]`, version, "duplicate version");
    else yield* wrongForm(`${at}[${index}]`, version, wrongServiceLabel);
  }
  if (!versions.some((version) => reviewVersions.includes(version)))
    yield invalidCause(at, versions, `must include at least one of ${reviewVersions.join(", ")}`);
}

function* wrongClient(client: Fields, at: string): Causes {
  const [url, service] = [client["url"], presentIn(client, "service")];
  if ((url === undefined) === (service === undefined))
    yield requiredCause(at, "exactly one of url or service is required");
  else if (service === undefined) yield* wrongUrl(textIn(client, "url"), `${at}.url`);
  else yield* wrongService(service, `${at}.service`);
}

function* wrongUrl(text: string, at: string): Causes {
  const form = "; desired format: https://host[/path]";
  const [, scheme = "", rest = text] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? [];
  if (scheme !== "https") yield invalidCause(at, scheme, `'https' is the only allowed URL scheme${form}`);
  const [, authority = "", tail = ""] = /^\/\/([^/?#]*)(.*)$/.exec(rest) ?? [];
  const [user = "", host] = authority.includes("@") ? authority.split("@") : ["", authority];
  if (host === "") yield invalidCause(at, "", `host must be specified${form}`);
  if (user !== "") yield invalidCause(at, user, "user information is not permitted in the URL");
  const [before = "", fragment = ""] = tail.split("#");
  if (fragment !== "") yield invalidCause(at, fragment, "fragments are not permitted in the URL");
  const [, query = ""] = before.split("?");
  if (query !== "") yield invalidCause(at, query, "query parameters are not permitted in the URL");
}

function* wrongService(service: Fields, at: string): Causes {
  // The real one takes one for the other.
  if (textIn(service, "namespace") === "") yield requiredCause(`${at}.name`);
  if (textIn(service, "name") === "") yield requiredCause(`${at}.namespace`);
  const port = numberIn(service, "port") ?? 0;
  const problems = wrongPortNumber(port);
  if (problems.length > 0) yield invalidCause(`${at}.port`, port, `port is not valid: ${problems.join(", ")}`);
  yield* wrongPath(textIn(service, "path"), `${at}.path`);
}

function* wrongPath(path: string, at: string): Causes {
  if (path === "" || path === "/") return;
  if (path === "//") {
    yield invalidCause(at, path, "segment[0] may not be empty");
    return;
  }
  if (!path.startsWith("/")) yield invalidCause(at, path, "must start with a '/'");
  for (const [index, step] of path.slice(1).replace(/\/$/, "").split("/").entries()) {
    if (step === "") yield invalidCause(at, path, `segment[${index}] may not be empty`);
    else for (const why of wrongDnsSubdomain(step)) yield invalidCause(at, path, `segment[${index}]: ${why}`);
  }
}
