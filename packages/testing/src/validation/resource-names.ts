import { Quantity } from "@kubewright/core";
import { type Causes, invalidCause } from "./causes.ts";
import { wrongForm } from "./checks.ts";
import { wrongQualifiedName } from "./forms.ts";

// Names of what containers, quotas and nodes count: k8s.io/kubernetes pkg/apis/core/helper/helpers.go.

const counted = [
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
];
const measured = ["cpu", "memory", "ephemeral-storage"];
const standard = new Set([
  ...counted,
  ...measured,
  ...measured.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  "storage",
  "requests.storage",
]);

/** IsHugePageResourceName */
export function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

/** IsNativeResource: one of Kubernetes' own. */
export function isNativeResource(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** IsExtendedResourceName: one that a cluster brings along, such as `example.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  if (isNativeResource(name) || name.startsWith("requests.")) return false;
  return wrongQualifiedName(`requests.${name}`).length === 0;
}

/** IsOvercommitAllowed: whether more may be promised than there is. */
export function isOvercommitable(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}

/** validateResourceName */
export function* wrongResourceName(name: string, at: string): Causes {
  const problems = wrongQualifiedName(name);
  yield* wrongForm(at, name, () => problems);
  if (problems.length > 0 || name.includes("/") || standard.has(name)) return;
  if (!isHugePages(name) && !name.startsWith("requests.hugepages-"))
    yield invalidCause(at, name, "must be a standard resource type or fully qualified");
}

/** ValidateResourceQuantityValue */
export function* wrongResourceAmount(name: string, amount: string, at: string): Causes {
  const quantity = Quantity.parse(amount);
  if (quantity.compare(0) < 0) yield invalidCause(at, amount, "must be greater than or equal to 0");
  if ((counted.includes(name) || isExtendedResource(name)) && quantity.toMilli() % 1000n !== 0n)
    yield invalidCause(at, amount, "must be an integer");
}
