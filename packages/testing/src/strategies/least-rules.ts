import { type Causes, invalidCause, notSupportedCause, requiredCause, unshownCause } from "../validation/causes.ts";
import { wrongChoice, wrongForm } from "../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../validation/fields.ts";
import { wrongDnsSubdomain, wrongQualifiedName } from "../validation/forms.ts";
import type { Strategy } from "./strategy.ts";

// Kinds that few write by hand: what has to be there, and nothing more. Each rule's source is `pkg/apis/<group>/validation` of
// k8s.io/kubernetes, for definitions that of k8s.io/apiextensions-apiserver.

/** By group and plural, what is wrong with an object's spec. */
const rules: Readonly<Record<string, (spec: Fields, object: Fields) => Causes>> = {
  "admissionregistration.k8s.io/mutatingadmissionpolicies": wrongMutatingPolicy,
  "admissionregistration.k8s.io/mutatingadmissionpolicybindings": (spec) => wrongText(spec, "policyName"),
  "admissionregistration.k8s.io/validatingadmissionpolicies": wrongValidatingPolicy,
  "admissionregistration.k8s.io/validatingadmissionpolicybindings": wrongValidatingBinding,
  "apiextensions.k8s.io/customresourcedefinitions": wrongDefinition,
  "certificates.k8s.io/clustertrustbundles": wrongTrustBundle,
  "certificates.k8s.io/podcertificaterequests": wrongPodCertificateRequest,
  "internal.apiserver.k8s.io/storageversions": wrongStorageVersion,
  "resource.k8s.io/devicetaintrules": wrongTaintRule,
  "resource.k8s.io/resourcepoolstatusrequests": (spec) => wrongText(spec, "driver"),
  "resource.k8s.io/resourceslices": wrongResourceSlice,
  "scheduling.k8s.io/podgroups": wrongPodGroup,
  "scheduling.k8s.io/workloads": wrongWorkload,
  "storagemigration.k8s.io/storageversionmigrations": wrongMigration,
};

/** Their strategies. */
export const leastRules: Readonly<Record<string, Strategy>> = Object.fromEntries(
  Object.entries(rules).map(([resource, rule]) => {
    const validate = (draft: Fields): Causes => rule(objectIn(draft, "spec"), draft);
    return [resource, { validate, validateUpdate: validate } satisfies Strategy];
  }),
);

function* wrongText(spec: Fields, field: string, why = ""): Causes {
  if (textIn(spec, field) === "") yield requiredCause(`spec.${field}`, why);
}

function* wrongMatchConstraints(spec: Fields): Causes {
  const constraints = presentIn(spec, "matchConstraints");
  if (constraints === undefined) yield requiredCause("spec.matchConstraints");
  else if (objectsIn(constraints, "resourceRules").length === 0) {
    yield requiredCause("spec.matchConstraints.resourceRules");
  }
}

function* wrongValidatingPolicy(spec: Fields): Causes {
  yield* wrongMatchConstraints(spec);
  const fields = ["validations", "auditAnnotations"];
  if (fields.some((field) => objectsIn(spec, field).length > 0)) return;
  for (const field of fields)
    yield requiredCause(`spec.${field}`, "validations or auditAnnotations must contain at least one item");
}

function* wrongMutatingPolicy(spec: Fields): Causes {
  yield* wrongMatchConstraints(spec);
  if (objectsIn(spec, "mutations").length === 0)
    yield requiredCause("spec.mutations", "mutations must contain at least one item");
  yield* wrongChoice("spec.reinvocationPolicy", textIn(spec, "reinvocationPolicy"), ["IfNeeded", "Never"]);
}

function* wrongValidatingBinding(spec: Fields): Causes {
  yield* wrongText(spec, "policyName");
  const actions = textsIn(spec, "validationActions");
  if (actions.length === 0) yield requiredCause("spec.validationActions", "at least one validation action is required");
  const known = ["Audit", "Deny", "Warn"];
  for (const [index, action] of actions.entries())
    if (!known.includes(action)) yield notSupportedCause(`spec.validationActions[${index}]`, action, known);
}

function* wrongDefinition(spec: Fields, object: Fields): Causes {
  const names = objectIn(spec, "names");
  const name = textIn(objectIn(object, "metadata"), "name");
  if (name !== "" && name !== `${textIn(names, "plural")}.${textIn(spec, "group")}`)
    yield invalidCause("metadata.name", name, 'must be spec.names.plural+"."+spec.group');
  yield* wrongText(spec, "group");
  yield* wrongChoice("spec.scope", textIn(spec, "scope"), ["Cluster", "Namespaced"]);
  if (objectsIn(spec, "versions").length === 0)
    yield invalidCause("spec.versions", null, "must have exactly one version marked as storage version");
  for (const field of ["plural", "singular", "kind", "listKind"])
    if (textIn(names, field) === "") yield requiredCause(`spec.names.${field}`);
  if (objectsIn(spec, "versions").length === 0)
    yield invalidCause("status.storedVersions", null, "must have at least one stored version");
}

function* wrongTrustBundle(spec: Fields): Causes {
  if (textIn(spec, "trustBundle") === "")
    yield invalidCause("spec.trustBundle", "<value omitted>", "at least one trust anchor must be provided");
}

function* wrongPodCertificateRequest(spec: Fields): Causes {
  yield* wrongText(spec, "signerName");
  for (const [name, uid] of [
    ["podName", "podUID"],
    ["serviceAccountName", "serviceAccountUID"],
    ["nodeName", "nodeUID"],
  ] as const) {
    yield* wrongForm(`spec.${name}`, textIn(spec, name), wrongDnsSubdomain);
    if (textIn(spec, uid) === "") yield invalidCause(`spec.${uid}`, "", "must not be empty");
  }
  const given = ["stubPKCS10Request", "pkixPublicKey"].filter((field) => textIn(spec, field) !== "");
  if (given.length !== 1)
    yield unshownCause("spec", "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set");
}

function* wrongStorageVersion(_: Fields, object: Fields): Causes {
  const name = textIn(objectIn(object, "metadata"), "name");
  if (name !== "" && !name.includes("."))
    yield invalidCause("metadata.name", name, "name must be in the form of <group>.<resource>");
}

function* wrongTaintRule(spec: Fields): Causes {
  const taint = objectIn(spec, "taint");
  yield* wrongForm("spec.taint.key", textIn(taint, "key"), wrongQualifiedName);
  const effects = ["NoExecute", "NoSchedule", "None"];
  yield* wrongChoice("spec.taint.effect", textIn(taint, "effect"), effects);
}

function* wrongResourceSlice(spec: Fields): Causes {
  yield* wrongText(spec, "driver");
  const pool = objectIn(spec, "pool");
  if (textIn(pool, "name") === "") yield requiredCause("spec.pool.name");
  const count = numberIn(pool, "resourceSliceCount") ?? 0;
  if (count <= 0) yield invalidCause("spec.pool.resourceSliceCount", count, "must be greater than zero");
  const places = ["nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"];
  if (!places.some((field) => Boolean(spec[field])))
    yield requiredCause("spec", `exactly one of ${places.map((field) => `\`${field}\``).join(", ")} is required`);
}

function* wrongPodGroup(spec: Fields): Causes {
  const policy = objectIn(spec, "schedulingPolicy");
  if (presentIn(policy, "basic") === undefined && presentIn(policy, "gang") === undefined)
    yield invalidCause("spec.schedulingPolicy", "", "must specify one of: `basic`, `gang`");
}

function* wrongWorkload(spec: Fields): Causes {
  if (objectsIn(spec, "podGroupTemplates").length === 0) yield requiredCause("spec.podGroupTemplates");
}

function* wrongMigration(spec: Fields): Causes {
  if (textIn(objectIn(spec, "resource"), "resource") === "")
    yield requiredCause("spec.resource.resource", "resource is required to be set");
}
