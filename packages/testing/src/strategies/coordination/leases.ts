import type { Draft } from "../../objects/draft.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, forbiddenCause, invalidCause } from "../../validation/causes.ts";
import { type Fields, numberIn, objectIn, textIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";
import { wrongLeaseStrategy } from "./lease-strategy.ts";

// k8s.io/kubernetes pkg/registry/coordination/lease, pkg/apis/coordination/validation/validation.go

/** Leases. */
export const leases: Strategy = {
  prepareForCreate: (draft) => dropCoordinated(draft, undefined),
  prepareForUpdate: dropCoordinated,
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
};

/** Fields of coordinated leader election, which is off by default: only what is there already may stay. */
function dropCoordinated({ spec }: Draft, old: ApiObject | undefined): void {
  const fields = spec as Record<string, unknown>;
  for (const name of ["strategy", "preferredHolder"]) {
    if (old === undefined || objectIn(old, "spec")[name] === undefined) delete fields[name];
  }
}

function* wrongSpec(spec: Fields): Causes {
  const duration = numberIn(spec, "leaseDurationSeconds");
  const transitions = numberIn(spec, "leaseTransitions");
  const strategy = textIn(spec, "strategy");
  if (duration !== undefined && duration <= 0)
    yield invalidCause("spec.leaseDurationSeconds", duration, "must be greater than 0");
  if (transitions !== undefined && transitions < 0)
    yield invalidCause("spec.leaseTransitions", transitions, "must be greater than or equal to 0");
  if (strategy !== "") yield* wrongLeaseStrategy(strategy);
  else if (textIn(spec, "preferredHolder") !== "")
    yield forbiddenCause("spec.preferredHolder", "may only be specified if `strategy` is defined");
}
