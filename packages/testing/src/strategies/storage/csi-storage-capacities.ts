import { Quantity } from "@kubewright/core";
import { equalValues } from "../../objects/equal-values.ts";
import { type Causes, invalidCause } from "../../validation/causes.ts";
import { wrongForm, wrongLabelSelectorIn } from "../../validation/checks.ts";
import { type Fields, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

/** A CSIStorageCapacity (k8s.io/kubernetes pkg/apis/storage/validation). */
export const csiStorageCapacities: Strategy = {
  validate: wrongCapacity,
  *validateUpdate(draft, old) {
    for (const field of ["nodeTopology", "storageClassName"])
      if (!equalValues(draft[field], old[field])) yield invalidCause(field, draft[field] ?? null, "field is immutable");
  },
};

function* wrongCapacity(capacity: Fields): Causes {
  yield* wrongLabelSelectorIn(capacity, "nodeTopology", "nodeTopology");
  yield* wrongForm("storageClassName", textIn(capacity, "storageClassName"), wrongDnsSubdomain);
  const amount = capacity["capacity"];
  if (typeof amount === "string" && Quantity.parse(amount).compare(0) < 0)
    yield invalidCause("capacity", amount, "must be greater than or equal to 0");
}
