import { Quantity } from "@kubewright/core";
import { entriesIn, type Fields, objectIn, objectsIn, presentIn } from "../../validation/fields.ts";

const counted = ["cpu", "memory"];

type Sums = Map<string, Quantity>;

/**
 * How safe a pod is on a node that runs out of something: BestEffort without any requests and limits, Guaranteed with both, equal, of
 * everything. k8s.io/kubernetes pkg/apis/core/helper/qos, ComputePodQOS.
 */
export function qosClassOf(spec: Fields): "BestEffort" | "Burstable" | "Guaranteed" {
  const requests: Sums = new Map();
  const limits: Sums = new Map();
  const whole = presentIn(spec, "resources");
  const containers = [...objectsIn(spec, "containers"), ...objectsIn(spec, "initContainers")];
  const parts = whole === undefined ? containers.map((one) => objectIn(one, "resources")) : [whole];
  let isLimited = true;
  for (const part of parts) {
    add(part, "requests", requests);
    const found = add(part, "limits", limits);
    // Limits of the whole pod count only where it has any.
    const counts = whole === undefined || entriesIn(part, "limits").length > 0;
    if (counts && found < counted.length) isLimited = false;
  }
  if (requests.size === 0 && limits.size === 0) return "BestEffort";
  const isEqual = [...requests].every(([name, amount]) => limits.get(name)?.compare(amount) === 0);
  return isLimited && isEqual && requests.size === limits.size ? "Guaranteed" : "Burstable";
}

/** Adds up; gives how many of what counts there were. */
function add(resources: Fields, field: string, sums: Sums): number {
  let found = 0;
  for (const [name, amount] of entriesIn(resources, field)) {
    const quantity = Quantity.parse(amount);
    if (!counted.includes(name) || quantity.compare(0) <= 0) continue;
    found++;
    sums.set(name, sums.get(name)?.add(quantity) ?? quantity);
  }
  return found;
}
