import { findCondition } from "../conditions.ts";
import { whyNotCondition } from "./condition.ts";
import { notYet, type Rule, saying } from "./rule.ts";

/** The rule of a kind whose phase tells. */
export function phase(...phases: readonly string[]): Rule {
  return (_object, _spec, status) =>
    phases.includes(status.phase ?? "")
      ? undefined
      : notYet(`its phase is ${status.phase ?? "not set"}, not ${phases.join(" or ")}${saying(status)}`);
}

/** helm --wait (helm.sh/helm pkg/kube/ready.go): an address, and for a load balancer one that is reachable from outside. */
export const service: Rule = (_object, { type, clusterIP, externalIPs = [] }, { loadBalancer }) => {
  if (type === "ExternalName") return undefined;
  if (!clusterIP) return notYet("it has no cluster IP");
  return type !== "LoadBalancer" || externalIPs.length > 0 || (loadBalancer?.ingress ?? []).length > 0
    ? undefined
    : notYet("its load balancer has no address");
};

/** kstatus: CustomResourceDefinition needs its names, too. For a PersistentVolume neither it nor helm or kubectl has a rule. */
export const definition: Rule = (object) => {
  const names = findCondition(object, "NamesAccepted");
  if (names?.status === "False") return notYet(`its names are not accepted${saying(names)}`);
  const why = whyNotCondition(object, "Established");
  return why === undefined ? undefined : notYet(why);
};
