import { type Causes, invalidCause, notSupportedCause, requiredCause } from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { bytesIn, type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import {
  outOfRange,
  wrongDnsSubdomain,
  wrongPathSegmentName,
  wrongPortNumber,
  wrongServiceLabel,
} from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kube-aggregator pkg/apis/apiregistration/validation

const statuses: readonly string[] = ["True", "False", "Unknown"];

/** An APIService. Nothing is asked of the service that it names. */
export const apiServices: Strategy = {
  prepareForCreate(draft) {
    // Only what the server serves itself is there at once.
    if (presentIn(objectIn(draft, "spec"), "service") !== undefined) draft["status"] = {};
  },
  validate: wrongApiService,
  validateUpdate: wrongApiService,
};

/** `apiservices/status` */
export const apiServiceStatus: Strategy = {
  *validateUpdate(draft) {
    for (const [index, condition] of objectsIn(objectIn(draft, "status"), "conditions").entries()) {
      const status = textIn(condition, "status");
      if (!statuses.includes(status)) yield notSupportedCause(`status.conditions[${index}].status`, status, statuses);
    }
  },
};

function* wrongApiService(service: Fields): Causes {
  const spec = objectIn(service, "spec");
  const [group, version] = [textIn(spec, "group"), textIn(spec, "version")];
  yield* wrongName(textIn(objectIn(service, "metadata"), "name"), `${version}.${group}`);
  if (group === "" && version !== "v1")
    yield requiredCause("spec.group", "only v1 may have an empty group and it better be legacy kube");
  if (group !== "") yield* wrongForm("spec.group", group, wrongDnsSubdomain);
  yield* wrongForm("spec.version", version, wrongServiceLabel);
  yield* wrongPriority(spec, "groupPriorityMinimum", 20_000);
  yield* wrongPriority(spec, "versionPriority", 1000);
  const target = presentIn(spec, "service");
  yield* target === undefined ? wrongLocal(spec) : wrongTarget(target, spec);
}

function* wrongName(name: string, wanted: string): Causes {
  if (name === "" || wrongPathSegmentName(name).length > 0 || name === wanted) return;
  yield invalidCause("metadata.name", name, `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`);
}

function* wrongPriority(spec: Fields, field: string, most: number): Causes {
  const value = numberIn(spec, field) ?? 0;
  if (outOfRange(value, 1, most).length > 0)
    yield invalidCause(`spec.${field}`, value, `must be positive and less than ${most}`);
}

function* wrongLocal(spec: Fields): Causes {
  const size = bytesIn(spec, "caBundle");
  if (size > 0) yield invalidCause("spec.caBundle", `${size} bytes`, "local APIServices may not have a caBundle");
  if (spec["insecureSkipTLSVerify"] === true)
    yield invalidCause("spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
}

function* wrongTarget(target: Fields, spec: Fields): Causes {
  for (const field of ["namespace", "name"])
    if (textIn(target, field) === "") yield requiredCause(`spec.service.${field}`);
  const port = numberIn(target, "port") ?? 0;
  const problems = wrongPortNumber(port);
  if (problems.length > 0) yield invalidCause("spec.service.port", port, `port is not valid: ${problems.join(", ")}`);
  if (spec["insecureSkipTLSVerify"] === true && bytesIn(spec, "caBundle") > 0)
    yield invalidCause("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
}
