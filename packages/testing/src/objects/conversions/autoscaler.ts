import { valueAt } from "../draft.ts";
import { currentMetricInV1, currentMetricInV2, metricInV1, metricInV2 } from "./autoscaler-metrics.ts";
import type { Conversion, Fields } from "./conversion.ts";

/** The annotations in which autoscaling/v1 has what it has no field for (k8s.io/kubernetes pkg/apis/autoscaling/annotations.go). */
const annotation = {
  metrics: "autoscaling.alpha.kubernetes.io/metrics",
  currentMetrics: "autoscaling.alpha.kubernetes.io/current-metrics",
  conditions: "autoscaling.alpha.kubernetes.io/conditions",
  behavior: "autoscaling.alpha.kubernetes.io/behavior",
  scaleDownTolerance: "autoscaling.alpha.kubernetes.io/scale-down-tolerance",
  scaleUpTolerance: "autoscaling.alpha.kubernetes.io/scale-up-tolerance",
} as const;

/** What is meant by no metric at all, in percent. */
const defaultCpuUtilization = 80;

/** What autoscaling/v1 has of a metric in a field: the utilization of the CPU, in percent. */
function cpuUtilization(metric: Fields, target: "target" | "current"): unknown {
  if (metric["type"] !== "Resource" || valueAt(metric, "resource.name") !== "cpu") return undefined;
  return valueAt(metric, `resource.${target}.averageUtilization`);
}

function fieldsAt(object: Fields, path: string): Fields {
  return (valueAt(object, path) ?? {}) as Fields;
}

function listAt(object: Fields, path: string): readonly Fields[] {
  return (valueAt(object, path) ?? []) as readonly Fields[];
}

/** An object's metadata without these annotations, and with others. */
function annotated(object: Fields, more: Readonly<Record<string, unknown>>): Fields {
  const metadata = fieldsAt(object, "metadata");
  const dropped: readonly string[] = Object.values(annotation);
  const kept = Object.entries(fieldsAt(metadata, "annotations")).filter(([name]) => !dropped.includes(name));
  const added = Object.entries(more).filter(([, value]) => value !== undefined);
  const annotations = Object.fromEntries([...kept, ...added]);
  return { ...metadata, annotations: Object.keys(annotations).length === 0 ? undefined : annotations };
}

function jsonOf(values: readonly Fields[]): string | undefined {
  return values.length === 0 ? undefined : JSON.stringify(values);
}

/** What an annotation holds; undefined when it cannot be read, which the real server does not mind either. */
function parsed(object: Fields, name: string): unknown {
  const text = fieldsAt(object, "metadata.annotations")[name];
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsedList(object: Fields, name: string): readonly Fields[] | undefined {
  const value = parsed(object, name);
  const isList = Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);
  return isList ? (value as readonly Fields[]) : undefined;
}

const ruleFields = ["stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance"] as const;
const policyFields = ["type", "value", "periodSeconds"] as const;

/** The annotation holds Go's own names, with a capital, and null for what is missing. */
function capitalized(object: Fields, fields: readonly string[]): Fields {
  return Object.fromEntries(
    fields.map((name) => [`${name[0]!.toUpperCase()}${name.slice(1)}`, object[name] ?? null] as const),
  );
}

function uncapitalized(object: Fields, fields: readonly string[]): Fields {
  const given = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(
    fields.flatMap((name) => {
      const found = given.find(([key]) => key.toLowerCase() === name.toLowerCase());
      return found === undefined ? [] : [[name, found[1]] as const];
    }),
  );
}

function behaviorText(behavior: Fields | undefined | null): string | undefined {
  if (behavior === undefined || behavior === null) return undefined;
  const rules = (given: unknown): Fields | null => {
    if (given === undefined || given === null) return null;
    const made = capitalized(given as Fields, ruleFields);
    const policies = (given as Fields)["policies"] as readonly Fields[] | undefined;
    return { ...made, Policies: policies?.map((one) => capitalized(one, policyFields)) ?? null };
  };
  return JSON.stringify({ ScaleUp: rules(behavior["scaleUp"]), ScaleDown: rules(behavior["scaleDown"]) });
}

function behaviorOf(value: unknown): Fields | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const rules = Object.entries(uncapitalized(value as Fields, ["scaleUp", "scaleDown"])).map(([name, given]) => {
    const made = uncapitalized(given as Fields, ruleFields);
    const policies = made["policies"] as readonly Fields[] | undefined;
    const read = policies?.map((one) => uncapitalized(one, policyFields));
    return [name, { ...made, ...(read === undefined ? {} : { policies: read }) }] as const;
  });
  return rules.length === 0 ? undefined : Object.fromEntries(rules);
}

function cpuMetric(target: "target" | "current", averageUtilization: unknown): Fields {
  const type = target === "target" ? { type: "Utilization" } : {};
  return { type: "Resource", resource: { name: "cpu", [target]: { ...type, averageUtilization } } };
}

/** Autoscalers of autoscaling/v1, which are kept as those of autoscaling/v2 (k8s.io/kubernetes pkg/apis/autoscaling/v1/conversion.go). */
export const autoscalerConversion: Conversion = {
  defaults: "own",
  toKept(autoscaler) {
    const { targetCPUUtilizationPercentage: cpu, ...spec } = fieldsAt(autoscaler, "spec");
    const { currentCPUUtilizationPercentage: currentCpu, ...status } = fieldsAt(autoscaler, "status");
    const metrics = [
      ...(parsedList(autoscaler, annotation.metrics) ?? []).map(metricInV2),
      ...(cpu === undefined ? [] : [cpuMetric("target", cpu)]),
    ];
    const currentMetrics =
      parsedList(autoscaler, annotation.currentMetrics)?.map(currentMetricInV2) ??
      (currentCpu === undefined ? undefined : [cpuMetric("current", currentCpu)]);
    const conditions = parsedList(autoscaler, annotation.conditions);
    const behavior = behaviorOf(parsed(autoscaler, annotation.behavior));
    return {
      ...autoscaler,
      metadata: annotated(autoscaler, {}),
      spec: {
        ...spec,
        minReplicas: spec["minReplicas"] ?? 1,
        metrics: metrics.length === 0 ? [cpuMetric("target", defaultCpuUtilization)] : metrics,
        behavior,
      },
      status: { ...status, currentMetrics, conditions },
    };
  },
  fromKept(autoscaler) {
    const { metrics: _metrics, behavior, ...spec } = fieldsAt(autoscaler, "spec");
    const { currentMetrics: _current, conditions: _conditions, ...status } = fieldsAt(autoscaler, "status");
    const metrics = listAt(autoscaler, "spec.metrics");
    const current = listAt(autoscaler, "status.currentMetrics");
    const cpu = metrics.map((metric) => cpuUtilization(metric, "target"));
    const currentCpu = current.map((metric) => cpuUtilization(metric, "current"));
    return {
      ...autoscaler,
      metadata: annotated(autoscaler, {
        [annotation.metrics]: jsonOf(metrics.filter((_, index) => cpu[index] === undefined).map(metricInV1)),
        [annotation.currentMetrics]: jsonOf(current.map(currentMetricInV1)),
        [annotation.behavior]: behaviorText(behavior as Fields | undefined),
        [annotation.conditions]: jsonOf(listAt(autoscaler, "status.conditions")),
      }),
      spec: { ...spec, targetCPUUtilizationPercentage: cpu.find((one) => one !== undefined) },
      status: { ...status, currentCPUUtilizationPercentage: currentCpu.findLast((one) => one !== undefined) },
    };
  },
};
