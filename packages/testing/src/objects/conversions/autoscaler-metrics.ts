import { setAt, valueAt } from "../draft.ts";
import type { Fields } from "./conversion.ts";

/** One kind of metric: the fields of autoscaling/v1 in the order in which Go prints them, and where they stand in autoscaling/v2. */
interface MetricKind {
  readonly fields: readonly (readonly [v1: string, v2: string])[];
  /** Quantities that autoscaling/v1 prints as `0` where there are none. */
  readonly always: readonly string[];
  /** What autoscaling/v1 does not say: how the target is meant. Missing for statuses. */
  readonly targetType?: (target: Fields) => string;
}

const byAverage = (): string => "AverageValue";
const byUtilization = ({ averageUtilization }: Fields): string =>
  averageUtilization === undefined ? "AverageValue" : "Utilization";

/** By the field of a metric that holds it (k8s.io/kubernetes pkg/apis/autoscaling/v1/conversion.go). */
const specs: Readonly<Record<string, MetricKind>> = {
  object: {
    fields: [
      ["target", "describedObject"],
      ["metricName", "metric.name"],
      ["targetValue", "target.value"],
      ["selector", "metric.selector"],
      ["averageValue", "target.averageValue"],
    ],
    always: ["targetValue"],
    targetType: ({ averageValue }) => (averageValue === undefined ? "Value" : "AverageValue"),
  },
  pods: {
    fields: [
      ["metricName", "metric.name"],
      ["targetAverageValue", "target.averageValue"],
      ["selector", "metric.selector"],
    ],
    always: ["targetAverageValue"],
    targetType: byAverage,
  },
  resource: {
    fields: [
      ["name", "name"],
      ["targetAverageUtilization", "target.averageUtilization"],
      ["targetAverageValue", "target.averageValue"],
    ],
    always: [],
    targetType: byUtilization,
  },
  containerResource: {
    fields: [
      ["name", "name"],
      ["targetAverageUtilization", "target.averageUtilization"],
      ["targetAverageValue", "target.averageValue"],
      ["container", "container"],
    ],
    always: [],
    targetType: byUtilization,
  },
  external: {
    fields: [
      ["metricName", "metric.name"],
      ["metricSelector", "metric.selector"],
      ["targetValue", "target.value"],
      ["targetAverageValue", "target.averageValue"],
    ],
    always: [],
    targetType: ({ value }) => (value === undefined ? "AverageValue" : "Value"),
  },
};

const statuses: Readonly<Record<string, MetricKind>> = {
  object: {
    fields: [
      ["target", "describedObject"],
      ["metricName", "metric.name"],
      ["currentValue", "current.value"],
      ["selector", "metric.selector"],
      ["averageValue", "current.averageValue"],
    ],
    always: ["currentValue"],
  },
  pods: {
    fields: [
      ["metricName", "metric.name"],
      ["currentAverageValue", "current.averageValue"],
      ["selector", "metric.selector"],
    ],
    always: ["currentAverageValue"],
  },
  resource: {
    fields: [
      ["name", "name"],
      ["currentAverageUtilization", "current.averageUtilization"],
      ["currentAverageValue", "current.averageValue"],
    ],
    always: ["currentAverageValue"],
  },
  containerResource: {
    fields: [
      ["name", "name"],
      ["currentAverageUtilization", "current.averageUtilization"],
      ["currentAverageValue", "current.averageValue"],
      ["container", "container"],
    ],
    always: ["currentAverageValue"],
  },
  external: {
    fields: [
      ["metricName", "metric.name"],
      ["metricSelector", "metric.selector"],
      ["currentValue", "current.value"],
      ["currentAverageValue", "current.averageValue"],
    ],
    always: ["currentValue"],
  },
};

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inV1(metric: Fields, kinds: Readonly<Record<string, MetricKind>>): Fields {
  const made: Record<string, unknown> = { type: metric["type"] };
  for (const [name, { fields, always }] of Object.entries(kinds)) {
    const source = metric[name];
    if (!isFields(source)) continue;
    const printed: Record<string, unknown> = {};
    for (const [v1, v2] of fields) {
      const value = valueAt(source, v2) ?? (always.includes(v1) ? "0" : undefined);
      if (value !== undefined) printed[v1] = value;
    }
    made[name] = printed;
  }
  return made;
}

function inV2(metric: Fields, kinds: Readonly<Record<string, MetricKind>>): Fields {
  const made: Record<string, unknown> = { type: metric["type"] };
  for (const [name, { fields, always, targetType }] of Object.entries(kinds)) {
    const source = metric[name];
    if (!isFields(source)) continue;
    const read: Record<string, unknown> = {};
    for (const [v1, v2] of fields) {
      const value = source[v1] ?? (always.includes(v1) ? "0" : undefined);
      if (value !== undefined) setAt(read, v2, value);
    }
    const target = (read["target"] ?? {}) as Record<string, unknown>;
    if (targetType !== undefined) read["target"] = { type: targetType(target), ...target };
    // There, a target of zero beside an average stands for none.
    if (name === "object" && target["averageValue"] !== undefined && target["value"] === "0")
      setAt(read, "target.value", undefined);
    made[name] = read;
  }
  return made;
}

/** A metric of `spec.metrics` as autoscaling/v1 has it in an annotation. */
export const metricInV1 = (metric: Fields): Fields => inV1(metric, specs);
/** The other way. */
export const metricInV2 = (metric: Fields): Fields => inV2(metric, specs);
/** A metric of `status.currentMetrics` as autoscaling/v1 has it in an annotation. */
export const currentMetricInV1 = (metric: Fields): Fields => inV1(metric, statuses);
/** The other way. */
export const currentMetricInV2 = (metric: Fields): Fields => inV2(metric, statuses);
