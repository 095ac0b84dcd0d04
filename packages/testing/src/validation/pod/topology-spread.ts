import { type Causes, duplicateCause, invalidCause, notSupportedCause, requiredCause } from "../causes.ts";
import { wrongLabelSelectorIn, wrongPositive } from "../checks.ts";
import { type Fields, numberIn, textIn } from "../fields.ts";
import { wrongLabelKeys } from "./affinity.ts";

const actions = ["DoNotSchedule", "ScheduleAnyway"];
const policies = ["Honor", "Ignore"];

/** How evenly pods are spread over nodes (validateTopologySpreadConstraints). */
export function* wrongTopologySpread(constraints: readonly Fields[], at: string): Causes {
  for (const [index, constraint] of constraints.entries()) {
    const place = `${at}[${index}]`;
    const key = textIn(constraint, "topologyKey");
    const action = textIn(constraint, "whenUnsatisfiable");
    yield* wrongPositive(`${place}.maxSkew`, numberIn(constraint, "maxSkew") ?? 0);
    if (key === "") yield requiredCause(`${place}.topologyKey`, "can not be empty");
    if (!actions.includes(action)) yield notSupportedCause(`${place}.whenUnsatisfiable`, action, actions);
    const isSame = (other: Fields): boolean =>
      textIn(other, "topologyKey") === key && textIn(other, "whenUnsatisfiable") === action;
    if (constraints.slice(index + 1).some(isSame))
      yield duplicateCause(`${place}.{topologyKey, whenUnsatisfiable}`, `{${key}, ${action}}`);
    yield* wrongMinDomains(numberIn(constraint, "minDomains"), action, `${place}.minDomains`);
    for (const field of ["nodeAffinityPolicy", "nodeTaintsPolicy"]) {
      const policy = constraint[field];
      if (typeof policy === "string" && !policies.includes(policy))
        yield notSupportedCause(`${place}.${field}`, policy, policies);
    }
    yield* wrongLabelKeys(constraint, place);
    yield* wrongLabelSelectorIn(constraint, "labelSelector", `${place}.labelSelector`);
  }
}

function* wrongMinDomains(least: number | undefined, action: string, at: string): Causes {
  if (least === undefined) return;
  yield* wrongPositive(at, least);
  if (action !== "DoNotSchedule")
    yield invalidCause(at, least, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`);
}
