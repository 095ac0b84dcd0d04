import { equalValues } from "../../objects/equal-values.ts";
import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongForm, wrongRequiredForm } from "../../validation/checks.ts";
import { type Fields, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain, wrongPathSegmentName } from "../../validation/forms.ts";
import { type InternalField, internalForm } from "../../validation/internal-form.ts";
import type { Strategy } from "../strategy.ts";

/** An IPAddress (k8s.io/kubernetes pkg/apis/networking/validation). */
export const ipAddresses: Strategy = {
  validate: wrongParent,
  *validateUpdate(draft, old) {
    const [now, before] = [draft, old].map((one) => objectIn(one, "spec")["parentRef"]);
    if (!equalValues(now, before))
      yield invalidCause("spec.parentRef", internalForm(now, shownParent), "field is immutable");
  },
};

/** How the server's messages show a parent. */
const shownParent: readonly InternalField[] = ["Group", "Resource", "Namespace", "Name"].map((name) => ({
  name,
  zero: "",
}));

function* wrongParent(address: Fields): Causes {
  const parent = presentIn(objectIn(address, "spec"), "parentRef");
  const at = "spec.parentRef";
  if (parent === undefined) {
    yield requiredCause(at);
    return;
  }
  const group = textIn(parent, "group");
  if (group !== "") yield* wrongForm(`${at}.group`, group, wrongDnsSubdomain);
  yield* wrongRequiredForm(`${at}.resource`, textIn(parent, "resource"), wrongPathSegmentName);
  yield* wrongRequiredForm(`${at}.name`, textIn(parent, "name"), wrongPathSegmentName);
  yield* wrongForm(`${at}.namespace`, textIn(parent, "namespace"), wrongPathSegmentName);
}
