import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { claimSpecWarnings, wrongClaimSpec } from "../../validation/claim-spec.ts";
import { wrongForm, wrongLabelsIn, wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel } from "../../validation/forms.ts";
import { internalForm } from "../../validation/internal-form.ts";
import { selectorOf } from "../../validation/label-selector.ts";
import { wrongAnnotations } from "../../validation/metadata.ts";
import { wrongPodTemplate } from "../../validation/pod/pod-template.ts";
import { type StatusCounts, wrongCollisions, wrongCounts } from "../../validation/replica-counts.ts";
import type { Strategy } from "../strategy.ts";
import {
  changedTemplateWarnings,
  templateWarnings,
  wrongLifetime,
  wrongRequiredSelector,
  wrongTemplateLabels,
} from "./pods-of.ts";

// k8s.io/kubernetes pkg/registry/apps/statefulset, pkg/apis/apps/validation/validation.go

/** StatefulSets. */
export const statefulSets: Strategy = {
  prepareForCreate: dropMaxUnavailable,
  prepareForUpdate(draft, old) {
    if (rollingUpdateOf(old)?.["maxUnavailable"] === undefined) dropMaxUnavailable(draft);
  },
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"), { isNew: true })],
  validateUpdate(draft, old) {
    const spec = objectIn(draft, "spec");
    return [...wrongSpec(spec, { isNew: false }), ...wrongSpecChange(spec, objectIn(old, "spec"))];
  },
  warnings: (draft) => [...templateWarnings(draft), ...claimWarnings(draft, ""), ...historyWarnings(draft)],
  updateWarnings: (draft, old) => [
    ...changedTemplateWarnings(draft, old),
    // The server names the field by its name in Go.
    ...claimWarnings(draft, ".Spec"),
    ...historyWarnings(draft),
  ],
};

/** Their status. */
export const statefulSetStatus: Strategy = {
  validateUpdate: (draft, old) => [
    ...wrongCounts(objectIn(draft, "status"), statusCounts),
    ...wrongCollisions(objectIn(draft, "status"), objectIn(old, "status")),
  ],
};

const statusCounts: StatusCounts = {
  counts: [
    "replicas",
    "readyReplicas",
    "currentReplicas",
    "updatedReplicas",
    "availableReplicas",
    "observedGeneration",
    "collisionCount",
  ],
  ofReplicas: ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"],
  ready: "status.readyReplicas",
};

function rollingUpdateOf(object: Fields): Fields | undefined {
  return presentIn(objectIn(objectIn(object, "spec"), "updateStrategy"), "rollingUpdate");
}

/** A field behind a feature that is off by default. */
function dropMaxUnavailable(draft: Draft): void {
  const rollingUpdate = rollingUpdateOf(draft) as Record<string, unknown> | undefined;
  if (rollingUpdate !== undefined) delete rollingUpdate["maxUnavailable"];
}

function claimWarnings({ spec }: Draft, below: string): readonly string[] {
  return objectsIn(spec as Fields, "volumeClaimTemplates").flatMap((claim, index) => [
    ...claimSpecWarnings(objectIn(claim, "spec"), `spec.volumeClaimTemplates[${index}]${below}`),
  ]);
}

function historyWarnings({ spec }: Draft): readonly string[] {
  if ((numberIn(spec as Fields, "revisionHistoryLimit") ?? 0) >= 0) return [];
  return ["spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"];
}

function* wrongSpec(spec: Fields, { isNew }: { readonly isNew: boolean }): Causes {
  const podManagementPolicy = textIn(spec, "podManagementPolicy");
  if (podManagementPolicy === "") yield requiredCause("spec.podManagementPolicy");
  else if (podManagementPolicy !== "OrderedReady" && podManagementPolicy !== "Parallel")
    yield invalidCause("spec.podManagementPolicy", podManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
  yield* wrongUpdateStrategy(objectIn(spec, "updateStrategy"));
  yield* wrongRetention(presentIn(spec, "persistentVolumeClaimRetentionPolicy"));
  if (isNew) {
    for (const [index, claim] of objectsIn(spec, "volumeClaimTemplates").entries())
      yield* wrongClaimSpec(objectIn(claim, "spec"), `spec.volumeClaimTemplates[${index}].spec`);
  }
  yield* wrongSign("spec.replicas", numberIn(spec, "replicas"));
  yield* wrongSign("spec.minReadySeconds", numberIn(spec, "minReadySeconds"));
  yield* wrongSign("spec.ordinals.start", numberIn(objectIn(spec, "ordinals"), "start"));
  const serviceName = textIn(spec, "serviceName");
  if (isNew && serviceName !== "") yield* wrongForm("spec.serviceName", serviceName, wrongDnsLabel);
  yield* wrongRequiredSelector(spec, "statefulset");
  yield* wrongSelectedTemplate(spec);
  yield* wrongLifetime(spec, "StatefulSet");
}

function* wrongUpdateStrategy(strategy: Fields): Causes {
  const at = "spec.updateStrategy";
  const rollingUpdate = presentIn(strategy, "rollingUpdate");
  const shownRollingUpdate = [{ name: "Partition", zero: 0 }, { name: "MaxUnavailable" }];
  switch (textIn(strategy, "type")) {
    case "":
      yield requiredCause(at);
      break;
    case "OnDelete":
      if (rollingUpdate !== undefined) {
        const shown = internalForm(rollingUpdate, shownRollingUpdate);
        yield invalidCause(`${at}.rollingUpdate`, shown, "only allowed for updateStrategy 'RollingUpdate'");
      }
      break;
    case "RollingUpdate":
      yield* wrongSign(`${at}.rollingUpdate.partition`, numberIn(rollingUpdate, "partition"));
      break;
    default: {
      const shown = internalForm(strategy, [
        { name: "Type", zero: "" },
        { name: "RollingUpdate", fields: shownRollingUpdate },
      ]);
      yield invalidCause(at, shown, "must be 'RollingUpdate' or 'OnDelete'");
    }
  }
}

function* wrongRetention(policy: Fields | undefined): Causes {
  if (policy === undefined) return;
  for (const field of ["whenDeleted", "whenScaled"]) {
    const value = textIn(policy, field);
    if (value !== "Retain" && value !== "Delete")
      yield notSupportedCause(`spec.persistentVolumeClaimRetentionPolicy.${field}`, value, ["Retain", "Delete"]);
  }
}

function* wrongSelectedTemplate(spec: Fields): Causes {
  const selector = selectorOf(presentIn(spec, "selector"));
  if (selector === undefined) {
    const shown = JSON.stringify(spec["selector"]);
    yield { reason: "FieldValueInvalid", message: `Invalid value: ${shown}`, field: "spec.selector" };
    return;
  }
  yield* wrongTemplateLabels(spec, selector);
  const metadata = objectIn(objectIn(spec, "template"), "metadata");
  yield* wrongPodTemplate(templateOfPods(spec), "spec.template");
  // The server looks at both a second time.
  yield* wrongLabelsIn(metadata, "labels", "spec.template.labels");
  yield* wrongAnnotations(metadata, "spec.template.annotations");
}

/** The template as pods get it: with names of their own, and with a volume for each claim. */
function templateOfPods(spec: Fields): Fields {
  const template = objectIn(spec, "template");
  const { hostname: _hostname, subdomain: _subdomain, ...pod } = objectIn(template, "spec");
  const names = objectsIn(spec, "volumeClaimTemplates").map((claim) => textIn(objectIn(claim, "metadata"), "name"));
  if (names.length === 0) return { ...template, spec: pod };
  const ofClaims = [...new Set(names)].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const others = objectsIn(pod, "volumes").filter((volume) => !names.includes(textIn(volume, "name")));
  return { ...template, spec: { ...pod, volumes: [...ofClaims, ...others] } };
}

const mutable = [
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
] as const;

function* wrongSpecChange(spec: Fields, old: Fields): Causes {
  const fixed = (given: Fields): Fields =>
    Object.fromEntries(Object.entries(given).filter(([name]) => !(mutable as readonly string[]).includes(name)));
  if (equalValues(fixed(spec), fixed(old))) return;
  const names = mutable.map((name) => `'${name}'`);
  const why = `updates to statefulset spec for fields other than ${names.slice(0, -1).join(", ")} and ${names.at(-1)!} are forbidden`;
  yield forbiddenCause("spec", why);
}
