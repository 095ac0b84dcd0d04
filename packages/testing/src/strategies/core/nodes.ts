import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, duplicateCause, forbiddenCause, invalidCause } from "../../validation/causes.ts";
import { wrongChoice, wrongForm } from "../../validation/checks.ts";
import { cidrWarnings, parseCidr, wrongCidr } from "../../validation/cidr.ts";
import { entriesIn, type Fields, objectIn, objectsIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongLabelValue, wrongQualifiedName } from "../../validation/forms.ts";
import { wrongResourceAmount } from "../../validation/resource-names.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/core/node and pkg/apis/core/validation

const effects: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const notReady = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };

/** A Node. */
export const nodes: Strategy = {
  admitCreate: addNotReadyTaint,
  prepareForCreate(draft) {
    delete specOf(draft)["configSource"];
    const { config: _, ...status } = objectIn(draft, "status");
    draft["status"] = status;
  },
  prepareForUpdate(draft, old) {
    if (objectIn(old, "spec")["configSource"] === undefined) delete specOf(draft)["configSource"];
  },
  validate: wrongNode,
  *validateUpdate(draft, old) {
    yield* wrongNode(draft);
    yield* wrongNodeChange(draft, old);
  },
  warnings: nodeWarnings,
  updateWarnings: nodeWarnings,
};

/** `nodes/status` */
export const nodeStatus: Strategy = { validateUpdate: wrongNodeChange };

function specOf(node: Draft): Record<string, unknown> {
  return (node["spec"] ?? {}) as Record<string, unknown>;
}

/** TaintNodesByCondition: nothing is scheduled there until somebody says that it is ready. */
function addNotReadyTaint(draft: Draft): void {
  const spec = objectIn(draft, "spec");
  const taints = objectsIn(spec, "taints");
  if (taints.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) return;
  draft["spec"] = { ...spec, taints: [...taints, notReady] };
}

function* wrongNode(node: Fields): Causes {
  const spec = objectIn(node, "spec");
  yield* wrongTaints(spec);
  yield* wrongResources(node);
  const ranges = textsIn(spec, "podCIDRs");
  for (const [index, range] of ranges.entries()) yield* wrongCidr(`spec.podCIDRs[${index}]`, range);
  const families = new Set(ranges.map((range) => parseCidr(range)?.ip.family));
  if (ranges.length > 1 && (families.size < 2 || ranges.length > 2))
    yield invalidCause("spec.podCIDRs", ranges, "may specify no more than one CIDR for each IP family");
}

function* wrongTaints(spec: Fields): Causes {
  const seen = new Set<string>();
  for (const [index, taint] of objectsIn(spec, "taints").entries()) {
    // So the real one names the place.
    const at = `metadata.taints[${index}]`;
    const [key, value, effect] = [textIn(taint, "key"), textIn(taint, "value"), textIn(taint, "effect")];
    yield* wrongForm(`${at}.key`, key, wrongQualifiedName);
    const problems = wrongLabelValue(value);
    if (problems.length > 0) yield invalidCause(`${at}.value`, value, problems.join(";"));
    yield* wrongChoice(`${at}.effect`, effect, effects);
    if (seen.has(`${effect} ${key}`)) {
      const shown = { Key: key, Value: value, Effect: effect, TimeAdded: taint["timeAdded"] ?? null };
      const { message, ...rest } = duplicateCause(at, shown);
      yield { ...rest, message: `${message}: taints must be unique by key and effect pair` };
    }
    seen.add(`${effect} ${key}`);
  }
}

function* wrongResources(node: Fields): Causes {
  const status = objectIn(node, "status");
  for (const field of ["capacity", "allocatable"])
    for (const [name, amount] of entriesIn(status, field))
      yield* wrongResourceAmount(name, amount, `status.${field}.${name}`);
}

/** ValidateNodeUpdate */
function* wrongNodeChange(node: Fields, old: ApiObject): Causes {
  const [spec, before] = [objectIn(node, "spec"), objectIn(old, "spec")];
  yield* wrongResources(node);
  const seen: Fields[] = [];
  for (const [index, address] of objectsIn(objectIn(node, "status"), "addresses").entries()) {
    if (seen.some((one) => equalValues(one, address)))
      yield duplicateCause(`status.addresses[${index}]`, { Type: address["type"], Address: address["address"] });
    seen.push(address);
  }
  const [ranges, rangesBefore] = [textsIn(spec, "podCIDRs"), textsIn(before, "podCIDRs")];
  const fixed = 'except from "" to valid';
  const changed = ranges.length === rangesBefore.length ? rangesBefore.filter((one, i) => one !== ranges[i]) : [""];
  if (rangesBefore.length > 0)
    for (const _ of changed) yield forbiddenCause("spec.podCIDRs", `node updates may not change podCIDR ${fixed}`);
  const provider = textIn(before, "providerID");
  if (provider !== "" && provider !== textIn(spec, "providerID"))
    yield forbiddenCause("spec.providerID", `node updates may not change providerID ${fixed}`);
  yield* wrongTaints(spec);
  if (textIn(spec, "externalID") !== textIn(before, "externalID"))
    yield forbiddenCause("spec.externalID", "may not be updated");
}

function nodeWarnings(node: Fields): readonly string[] {
  const spec = objectIn(node, "spec");
  return [
    ...(spec["configSource"] === undefined ? [] : ["spec.configSource: the feature is removed"]),
    ...(textIn(spec, "externalID") === ""
      ? []
      : ["spec.externalID: this field is deprecated, and is unused by Kubernetes"]),
    ...textsIn(spec, "podCIDRs").flatMap((range, index) => cidrWarnings(`spec.podCIDRs[${index}]`, range)),
  ];
}
