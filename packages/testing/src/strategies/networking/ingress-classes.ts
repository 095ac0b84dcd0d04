import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
  tooLongCause,
} from "../../validation/causes.ts";
import { wrongChange, wrongForm } from "../../validation/checks.ts";
import { type Fields, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";
import { wrongReference } from "./ingresses.ts";

const longestController = 250;
const scopes: readonly string[] = ["Cluster", "Namespace"];

/** An IngressClass (k8s.io/kubernetes pkg/apis/networking/validation). */
export const ingressClasses: Strategy = {
  validate: wrongClass,
  *validateUpdate(draft, old) {
    yield* wrongChange(
      "spec.controller",
      textIn(objectIn(draft, "spec"), "controller"),
      textIn(objectIn(old, "spec"), "controller"),
    );
    yield* wrongClass(draft);
  },
};

function* wrongClass(given: Fields): Causes {
  const spec = objectIn(given, "spec");
  const controller = textIn(spec, "controller");
  if (controller.length > longestController) yield tooLongCause("spec.controller", longestController);
  yield* wrongPath("spec.controller", controller);
  const parameters = presentIn(spec, "parameters");
  if (parameters !== undefined) yield* wrongParameters(parameters);
}

/** IsDomainPrefixedPath */
function* wrongPath(at: string, value: string): Causes {
  if (value === "") {
    yield requiredCause(at);
    return;
  }
  const slash = value.indexOf("/");
  const [host, path] = [value.slice(0, slash), value.slice(slash + 1)];
  if (slash < 1 || path === "") {
    yield invalidCause(at, value, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  yield* wrongForm(at, host, wrongDnsSubdomain);
  if (!/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path))
    yield invalidCause(at, path, "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')");
}

function* wrongParameters(parameters: Fields): Causes {
  const at = "spec.parameters";
  yield* wrongReference(parameters, at);
  const { scope, namespace } = parameters;
  if (typeof scope !== "string") yield requiredCause(`${at}.scope`);
  else if (!scopes.includes(scope)) yield notSupportedCause(`${at}.scope`, scope, scopes);
  else if (scope === "Cluster") {
    if (namespace !== undefined) yield forbiddenCause(`${at}.namespace`, "`parameters.scope` is set to 'Cluster'");
  } else if (typeof namespace === "string") yield* wrongForm(`${at}.namespace`, namespace, wrongDnsLabel);
  else yield requiredCause(`${at}.namespace`, "`parameters.scope` is set to 'Namespace'");
}
