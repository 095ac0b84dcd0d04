import { forbidden } from "../../exchange/refusal.ts";
import type { Draft } from "../../objects/draft.ts";
import { collectionOf } from "../../state/collection-of.ts";
import { type Causes, forbiddenCause } from "../../validation/causes.ts";
import { wrongChange, wrongChoice } from "../../validation/checks.ts";
import { type Fields, numberIn, textIn } from "../../validation/fields.ts";
import type { Strategy, WriteContext } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/scheduling/validation/validation.go, plugin/pkg/admission/priority/admission.go

/** PriorityClasses. */
export const priorityClasses: Strategy = {
  admitCreate: refuseSecondDefault,
  admitUpdate: (draft, _old, context) => refuseSecondDefault(draft, context),
  validate: (draft) => [...wrongClass(draft)],
  validateUpdate: (draft, old) => [...wrongClassChange(draft, old)],
};

const highest = 1_000_000_000;
const system: Readonly<Record<string, number>> = {
  "system-node-critical": 2 * highest + 1000,
  "system-cluster-critical": 2 * highest,
};

/** @throws Refusal 403 when another class is the default already */
function refuseSecondDefault({ metadata: { name = "" }, globalDefault }: Draft, { state }: WriteContext): void {
  if (globalDefault !== true) return;
  const classes = collectionOf(state, "scheduling.k8s.io", "priorityclasses");
  const { objects } = classes.page({ prefix: "", limit: 0, matches: (one) => one["globalDefault"] === true });
  const [other] = objects.toSorted((a, b) => (numberIn(a, "value") ?? 0) - (numberIn(b, "value") ?? 0));
  if (other === undefined || other.metadata.name === name) return;
  const why = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
  throw forbidden({ group: "scheduling.k8s.io", name: "priorityclasses" }, name, why);
}

function* wrongClass(draft: Draft): Causes {
  const { name = "" } = draft.metadata;
  const value = numberIn(draft, "value") ?? 0;
  if (name.startsWith("system-")) {
    const problem = wrongSystemClass(name, value, draft["globalDefault"] === true);
    if (problem !== undefined) {
      const why = `priority class names with 'system-' prefix are reserved for system use only. error: ${problem}`;
      yield forbiddenCause("metadata.name", why);
    }
  } else if (value > highest)
    yield forbiddenCause("value", `maximum allowed value of a user defined priority is ${highest}`);
  if (draft["preemptionPolicy"] !== undefined)
    yield* wrongChoice("preemptionPolicy", textIn(draft, "preemptionPolicy"), ["PreemptLowerPriority", "Never"]);
}

function wrongSystemClass(name: string, value: number, globalDefault: boolean): string | undefined {
  const known = system[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

function* wrongClassChange(draft: Fields, old: Fields): Causes {
  if ((numberIn(draft, "value") ?? 0) !== (numberIn(old, "value") ?? 0))
    yield forbiddenCause("value", "may not be changed in an update.");
  yield* wrongChange("preemptionPolicy", draft["preemptionPolicy"], old["preemptionPolicy"]);
}
