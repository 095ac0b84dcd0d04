import { type Causes, requiredCause } from "../../validation/causes.ts";
import { wrongChange, wrongForm, wrongRequiredForm } from "../../validation/checks.ts";
import { type Fields, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain, wrongPathSegmentName } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

/** An IPAddress (k8s.io/kubernetes pkg/apis/networking/validation). */
export const ipAddresses: Strategy = {
  validate: wrongParent,
  *validateUpdate(draft, old) {
    yield* wrongChange("spec.parentRef", objectIn(draft, "spec")["parentRef"], objectIn(old, "spec")["parentRef"]);
  },
};

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
