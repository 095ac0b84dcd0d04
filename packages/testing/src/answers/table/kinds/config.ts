import { valueAt } from "../../../objects/draft.ts";
import { mapAt, objectsAt, textAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import { age, type Cell, count, flag, joined, name, number, text } from "../cell.ts";

const binding: readonly Cell[] = [
  name,
  joined("roleRef.kind", "/", "roleRef.name"),
  age,
  subjects("User", ({ name: user }) => String(user)),
  subjects("Group", ({ name: group }) => String(group)),
  subjects("ServiceAccount", (account) => `${textAt(account, "namespace")}/${textAt(account, "name")}`),
];

/** A policy or its binding says what it takes as parameters. */
const policy = (rules: string): readonly Cell[] => [name, count(rules), parameterKind, age];
const policyBinding: readonly Cell[] = [name, text("spec.policyName"), parameters, age];

/** Kinds that hold settings, secrets, rights and rules. */
export const config: Readonly<Record<string, readonly Cell[]>> = {
  configmaps: [name, count("data", "binaryData"), age],
  secrets: [name, text("type"), count("data"), age],
  resourcequotas: [name, quotas(false), quotas(true), age],
  "rbac.authorization.k8s.io/rolebindings": binding,
  "rbac.authorization.k8s.io/clusterrolebindings": binding,
  "scheduling.k8s.io/priorityclasses": [name, number("value"), flag("globalDefault"), age, text("preemptionPolicy")],
  "node.k8s.io/runtimeclasses": [name, text("handler"), age],
  "coordination.k8s.io/leases": [name, text("spec.holderIdentity"), age],
  "coordination.k8s.io/leasecandidates": [
    name,
    text("spec.leaseName"),
    text("spec.binaryVersion"),
    text("spec.emulationVersion"),
    age,
  ],
  "admissionregistration.k8s.io/mutatingwebhookconfigurations": [name, count("webhooks"), age],
  "admissionregistration.k8s.io/validatingwebhookconfigurations": [name, count("webhooks"), age],
  "admissionregistration.k8s.io/validatingadmissionpolicies": policy("spec.validations"),
  "admissionregistration.k8s.io/mutatingadmissionpolicies": policy("spec.mutations"),
  "admissionregistration.k8s.io/validatingadmissionpolicybindings": policyBinding,
  "admissionregistration.k8s.io/mutatingadmissionpolicybindings": policyBinding,
};

function subjects(kind: string, shown: (subject: Readonly<Record<string, unknown>>) => string): Cell {
  return (object) =>
    objectsAt(object, "subjects")
      .filter((subject) => subject["kind"] === kind)
      .map(shown)
      .join(", ");
}

/** What is used of what a quota allows, of limits or of all else. */
function quotas(limits: boolean): Cell {
  return (object) => {
    const used = mapAt(object, "status.used") as Readonly<Record<string, string>>;
    return Object.entries(mapAt(object, "status.hard"))
      .filter(([resource]) => resource.startsWith("limits.") === limits)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([resource, hard]) => `${resource}: ${used[resource] ?? "0"}/${String(hard)}`)
      .join(", ");
  };
}

function parameterKind(object: ApiObject): string {
  if (valueAt(object, "spec.paramKind") === undefined) return "<unset>";
  return `${textAt(object, "spec.paramKind.apiVersion")}/${textAt(object, "spec.paramKind.kind")}`;
}

function parameters(object: ApiObject): string {
  const parameter = textAt(object, "spec.paramRef.name");
  // Whether parameters stand in namespaces is not known here.
  return parameter === "" ? "<unset>" : `${textAt(object, "spec.paramRef.namespace", "*")}/${parameter}`;
}
