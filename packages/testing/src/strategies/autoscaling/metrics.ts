import { Quantity } from "@kubewright/core";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongForm, wrongRequiredForm } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongPathSegmentName } from "../../validation/forms.ts";
import { wrongContainerResource } from "../../validation/pod/resources.ts";

// The metrics of autoscalers: k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go

/** Whether a reference has to name a group: it must, it may be the core group's, or nobody looks. */
type GroupRule = "required" | "optional" | "any";

/** ValidateCrossVersionObjectReference */
export function* wrongReference(reference: Fields, at: string, group: GroupRule): Causes {
  yield* wrongRequiredForm(`${at}.kind`, textIn(reference, "kind"), wrongPathSegmentName);
  yield* wrongRequiredForm(`${at}.name`, textIn(reference, "name"), wrongPathSegmentName);
  if (group === "any") return;
  const apiVersion = textIn(reference, "apiVersion");
  if (!isReadableVersion(reference))
    yield invalidCause(`${at}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`);
  else if (group === "required" && !/^[^/]+\//.test(apiVersion))
    yield invalidCause(`${at}.apiVersion`, apiVersion, "apiVersion must specify API group");
}

/** Whether it is a version, or a group and a version. */
export function isReadableVersion(reference: Fields): boolean {
  return textIn(reference, "apiVersion").split("/").length <= 2;
}

/** What is wrong with `spec.metrics`. `wasUnreadable`: what they refer to had no readable version before, so it need not have now. */
export function* wrongMetrics(spec: Fields, wasUnreadable: boolean): Causes {
  const metrics = objectsIn(spec, "metrics");
  for (const [index, metric] of metrics.entries()) yield* wrongMetric(metric, `spec.metrics[${index}]`, wasUnreadable);
  const fromOutside = metrics.some(({ type }) => type === "Object" || type === "External");
  if (numberIn(spec, "minReplicas") === 0 && !fromOutside) {
    const why = "must specify at least one Object or External metric to support scaling to zero replicas";
    yield forbiddenCause("spec.metrics", why);
  }
}

/** What a kind of metric needs of its target. */
interface MetricKind {
  /** In which field it stands; the name of the kind is the same with a capital. */
  readonly field: string;
  /** Named by a metric, a resource, or a resource of one container. */
  readonly named: "metric" | "resource" | "container";
  /** One of these has to be there. */
  readonly oneOf: readonly string[];
  /** The field that the error about that names, and what it says. */
  readonly missing: readonly [field: string, why: string];
  /** What says that both are one too many. */
  readonly both?: readonly [field: string, why: string];
}

const utilization = {
  oneOf: ["averageUtilization", "averageValue"],
  missing: ["averageUtilization", "must set either a target raw value or a target utilization"],
  both: ["averageValue", "may not set both a target raw value and a target utilization"],
} as const;

/** In the order in which the server looks. */
const kinds: readonly MetricKind[] = [
  {
    field: "object",
    named: "metric",
    oneOf: ["value", "averageValue"],
    missing: ["averageValue", "must set either a target value or averageValue"],
  },
  {
    field: "external",
    named: "metric",
    oneOf: ["value", "averageValue"],
    missing: ["averageValue", "must set either a target value for metric or a per-pod target"],
    both: ["value", "may not set both a target value for metric and a per-pod target"],
  },
  {
    field: "pods",
    named: "metric",
    oneOf: ["averageValue"],
    missing: ["averageValue", "must specify a positive target averageValue"],
  },
  { field: "resource", named: "resource", ...utilization },
  { field: "containerResource", named: "container", ...utilization },
];

const types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

function* wrongMetric(metric: Fields, at: string, wasUnreadable: boolean): Causes {
  const type = textIn(metric, "type");
  if (type === "") yield requiredCause(`${at}.type`, "must specify a metric source type");
  if (!types.includes(type)) yield notSupportedCause(`${at}.type`, type, types);
  const present = kinds.filter(({ field }) => presentIn(metric, field) !== undefined);
  const [first] = present;
  if (first !== undefined)
    yield* wrongSource(first, objectIn(metric, first.field), `${at}.${first.field}`, wasUnreadable);
  const expected = kinds.find(({ field }) => `${field[0]!.toUpperCase()}${field.slice(1)}` === type);
  if (expected === undefined) yield notSupportedCause(`${at}.type`, type, types);
  else if (!present.includes(expected))
    yield requiredCause(`${at}.${expected.field}`, "must populate information for the given metric source");
  if (present.length === 1) return;
  for (const other of present.filter((one) => one !== expected))
    yield forbiddenCause(`${at}.${other.field}`, "must populate the given metric source only");
}

function* wrongSource(kind: MetricKind, source: Fields, at: string, wasUnreadable: boolean): Causes {
  const target = objectIn(source, "target");
  if (kind.field === "object")
    yield* wrongReference(
      objectIn(source, "describedObject"),
      `${at}.describedObject`,
      wasUnreadable ? "any" : "optional",
    );
  yield* wrongName(kind, source, at);
  yield* wrongTarget(target, `${at}.target`);
  const given = kind.oneOf.filter((field) => target[field] !== undefined && target[field] !== null);
  if (given.length === 0) yield requiredCause(`${at}.target.${kind.missing[0]}`, kind.missing[1]);
  if (given.length > 1 && kind.both !== undefined) yield forbiddenCause(`${at}.target.${kind.both[0]}`, kind.both[1]);
}

function* wrongName({ named }: MetricKind, source: Fields, at: string): Causes {
  if (named === "metric") {
    const name = textIn(objectIn(source, "metric"), "name");
    if (name === "") yield requiredCause(`${at}.metric.name`, "must specify a metric name");
    else yield* wrongForm(`${at}.metric.name`, name, wrongPathSegmentName);
    return;
  }
  const name = textIn(source, "name");
  if (name === "") yield requiredCause(`${at}.name`, "must specify a resource name");
  if (named !== "container") return;
  if (name !== "") yield* wrongContainerResource(name, `${at}.name`);
  const container = textIn(source, "container");
  if (container === "") yield requiredCause(`${at}.container`, "must specify a container");
  else yield* wrongForm(`${at}.container`, container, wrongDnsLabel);
}

function* wrongTarget(target: Fields, at: string): Causes {
  const type = textIn(target, "type");
  if (type === "") yield requiredCause(`${at}.type`, "must specify a metric target type");
  if (type !== "Utilization" && type !== "Value" && type !== "AverageValue")
    yield invalidCause(`${at}.type`, type, "must be either Utilization, Value, or AverageValue");
  for (const field of ["value", "averageValue"]) {
    const amount = textIn(target, field);
    if (amount !== "" && Quantity.parse(amount).compare(0) <= 0)
      yield invalidCause(`${at}.${field}`, amount, "must be positive");
  }
  const percent = numberIn(target, "averageUtilization");
  if (percent !== undefined && percent < 1)
    yield invalidCause(`${at}.averageUtilization`, percent, "must be greater than 0");
}
