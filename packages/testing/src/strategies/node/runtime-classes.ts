import type { Draft } from "../../objects/draft.ts";
import { type Causes, duplicateCause } from "../../validation/causes.ts";
import { wrongChange, wrongLabelsIn, wrongRequiredForm } from "../../validation/checks.ts";
import { entriesIn, type Fields, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { type InternalField, internalForm } from "../../validation/internal-form.ts";
import { wrongName } from "../../validation/names.ts";
import { deprecatedLabels } from "../../validation/pod/pod-warnings.ts";
import { wrongResources } from "../../validation/pod/resources.ts";
import { wrongTolerations } from "../../validation/pod/tolerations.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/node/runtimeclass, pkg/apis/node/validation/validation.go

/** RuntimeClasses. */
export const runtimeClasses: Strategy = {
  validate: (draft) => [...wrongClass(draft)],
  validateUpdate: (draft, old) => [...wrongClass(draft), ...wrongChange("handler", draft["handler"], old["handler"])],
  warnings,
  updateWarnings: warnings,
};

function warnings(draft: Draft): readonly string[] {
  return entriesIn(objectIn(draft, "scheduling"), "nodeSelector").flatMap(([label]) => {
    const why = deprecatedLabels[label];
    return why === undefined ? [] : [`scheduling.nodeSelector: ${why}`];
  });
}

function* wrongClass(draft: Draft): Causes {
  yield* wrongRequiredForm("handler", textIn(draft, "handler"), (value) => wrongName("label", value, false));
  const overhead = presentIn(draft, "overhead");
  if (overhead !== undefined) yield* wrongResources({ limits: overhead["podFixed"] }, "overhead", new Set());
  const scheduling = objectIn(draft, "scheduling");
  yield* wrongLabelsIn(scheduling, "nodeSelector", "scheduling.nodeSelector");
  const tolerations = objectsIn(scheduling, "tolerations");
  yield* wrongTolerations(tolerations, "scheduling.tolerations");
  for (const [index, one] of tolerations.entries()) {
    if (tolerations.findIndex((other) => isSame(one, other)) < index)
      yield duplicateCause(`scheduling.tolerations[${index}]`, internalForm(one, toleration));
  }
}

const toleration: readonly InternalField[] = [
  { name: "Key", zero: "" },
  { name: "Operator", zero: "" },
  { name: "Value", zero: "" },
  { name: "Effect", zero: "" },
  { name: "TolerationSeconds" },
];

/** Seconds do not tell two tolerations apart. */
function isSame(a: Fields, b: Fields): boolean {
  return ["key", "operator", "value", "effect"].every((field) => textIn(a, field) === textIn(b, field));
}
