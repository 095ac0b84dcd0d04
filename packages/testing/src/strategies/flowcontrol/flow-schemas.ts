import {
  type Causes,
  duplicateCause,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongForm, wrongRequiredForm } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/flowcontrol/validation

const mostPrecedence = 10_000;
const methods: readonly string[] = ["ByNamespace", "ByUser"];
const verbs: readonly string[] = [
  "create",
  "delete",
  "deletecollection",
  "get",
  "list",
  "patch",
  "proxy",
  "update",
  "watch",
];

/** Who is meant, by its kind: the field that says more. */
const subjects: Readonly<Record<string, string>> = { Group: "group", ServiceAccount: "serviceAccount", User: "user" };

/** A FlowSchema. Nothing is held back by it. */
export const flowSchemas: Strategy = { validate: wrongSchema, validateUpdate: wrongSchema };

/** `flowschemas/status` */
export const flowSchemaStatus: Strategy = { validateUpdate: wrongFlowConditions };

/** What is wrong with the conditions of what steers the flow of requests. */
export function* wrongFlowConditions(object: Fields): Causes {
  const types = new Set<string>();
  for (const [index, condition] of objectsIn(objectIn(object, "status"), "conditions").entries()) {
    const at = `status.conditions[${index}].type`;
    const type = textIn(condition, "type");
    if (types.has(type)) yield duplicateCause(at, type);
    types.add(type);
    if (type === "") yield requiredCause(at);
  }
}

function* wrongSchema(schema: Fields): Causes {
  const spec = objectIn(schema, "spec");
  const precedence = numberIn(spec, "matchingPrecedence") ?? 0;
  const at = "spec.matchingPrecedence";
  if (precedence <= 0) yield invalidCause(at, precedence, "must be a positive value");
  if (precedence > mostPrecedence) yield invalidCause(at, precedence, `must not be greater than ${mostPrecedence}`);
  if (precedence === 1 && textIn(objectIn(schema, "metadata"), "name") !== "exempt")
    yield invalidCause(at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
  const method = presentIn(spec, "distinguisherMethod");
  if (method !== undefined && !methods.includes(textIn(method, "type")))
    yield notSupportedCause("spec.distinguisherMethod.type", { Type: textIn(method, "type") }, methods);
  const level = textIn(objectIn(spec, "priorityLevelConfiguration"), "name");
  const place = "spec.priorityLevelConfiguration.name";
  if (level === "") yield requiredCause(place, "must reference a priority level");
  else yield* wrongForm(place, level, wrongDnsSubdomain);
  for (const [index, rule] of objectsIn(spec, "rules").entries()) yield* wrongRule(rule, `spec.rules[${index}]`);
  yield* wrongFlowConditions(schema);
}

function* wrongRule(rule: Fields, at: string): Causes {
  const given = objectsIn(rule, "subjects");
  if (given.length === 0) yield requiredCause(`${at}.subjects`, "subjects must contain at least one value");
  for (const [index, subject] of given.entries()) yield* wrongSubject(subject, `${at}.subjects[${index}]`);
  const [resources, others] = [objectsIn(rule, "resourceRules"), objectsIn(rule, "nonResourceRules")];
  if (resources.length + others.length === 0)
    yield requiredCause(at, "at least one of resourceRules and nonResourceRules has to be non-empty");
  for (const [index, one] of resources.entries()) yield* wrongResourceRule(one, `${at}.resourceRules[${index}]`);
  for (const [index, one] of others.entries()) yield* wrongUrlRule(one, `${at}.nonResourceRules[${index}]`);
}

function* wrongSubject(subject: Fields, at: string): Causes {
  const kind = textIn(subject, "kind");
  const field = subjects[kind];
  if (field === undefined) {
    yield notSupportedCause(`${at}.kind`, kind, Object.keys(subjects));
    return;
  }
  const said = presentIn(subject, field);
  if (said === undefined) yield requiredCause(`${at}.${field}`, `${field} is required when subject kind is '${kind}'`);
  else if (field === "serviceAccount") {
    const [name, namespace] = [textIn(said, "name"), textIn(said, "namespace")];
    if (name !== "*") yield* wrongRequiredForm(`${at}.serviceAccount.name`, name, wrongDnsSubdomain);
    if (namespace === "")
      yield requiredCause(`${at}.serviceAccount.namespace`, "must specify namespace for service account");
    else yield* wrongForm(`${at}.serviceAccount.namespace`, namespace, wrongDnsLabel);
  } else if (textIn(said, "name") === "") yield requiredCause(`${at}.${field}.name`);
  // In the order in which the real one looks at them.
  for (const other of ["ServiceAccount", "User", "Group"])
    if (other !== kind && presentIn(subject, subjects[other]!) !== undefined)
      yield forbiddenCause(
        `${at}.${subjects[other]!}`,
        `${subjects[other]!} is forbidden when subject kind is not '${other}'`,
      );
}

/** A list in which `*` stands alone. */
function* wrongList(rule: Fields, field: string, others: string, missing: string, at: string): Causes {
  const values = textsIn(rule, field);
  if (values.length === 0) yield requiredCause(`${at}.${field}`, missing);
  else if (values.length > 1 && values.includes("*"))
    yield invalidCause(`${at}.${field}`, values, `if '*' is present, must not specify other ${others}`);
}

function* wrongVerbs(rule: Fields, at: string): Causes {
  yield* wrongList(rule, "verbs", "verbs", "verbs must contain at least one value", at);
  const given = textsIn(rule, "verbs");
  if (!given.includes("*") && given.some((verb) => !verbs.includes(verb)))
    yield notSupportedCause(`${at}.verbs`, given, verbs);
}

function* wrongResourceRule(rule: Fields, at: string): Causes {
  yield* wrongVerbs(rule, at);
  yield* wrongList(rule, "apiGroups", "api groups", "resource rules must supply at least one api group", at);
  yield* wrongList(rule, "resources", "resources", "resource rules must supply at least one resource", at);
  const namespaces = textsIn(rule, "namespaces");
  const missing = "resource rules that are not cluster scoped must supply at least one namespace";
  if (namespaces.length > 0 || rule["clusterScope"] !== true)
    yield* wrongList(rule, "namespaces", "namespaces", missing, at);
  if (namespaces.includes("*")) return;
  for (const [index, namespace] of namespaces.entries())
    for (const why of wrongDnsLabel(namespace))
      yield invalidCause(
        `${at}.namespaces[${index}]`,
        namespace,
        `each member of this list must be '*' or a DNS-1123 label; ${why}`,
      );
}

function* wrongUrlRule(rule: Fields, at: string): Causes {
  yield* wrongVerbs(rule, at);
  yield* wrongList(rule, "nonResourceURLs", "non-resource URLs", "nonResourceURLs must contain at least one value", at);
}
