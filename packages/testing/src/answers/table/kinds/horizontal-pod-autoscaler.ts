import { valueAt } from "../../../objects/draft.ts";
import { objectsAt, textAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import { age, joined, name, number, quantity, someOf } from "../cell.ts";
import type { RowRules } from "../rows.ts";

type Fields = Readonly<Record<string, unknown>>;

const unknown = "<unknown>";

/** Rows of horizontal pod autoscalers, in autoscaling/v2. */
export const horizontalPodAutoscaler: RowRules = {
  cells: [
    name,
    joined("spec.scaleTargetRef.kind", "/", "spec.scaleTargetRef.name"),
    targets,
    quantity("spec.minReplicas", "<unset>"),
    number("spec.maxReplicas"),
    number("status.currentReplicas"),
    age,
  ],
};

function targets(autoscaler: ApiObject): string {
  const metrics = objectsAt(autoscaler, "spec.metrics");
  const current = objectsAt(autoscaler, "status.currentMetrics");
  const shown = metrics.map((metric, index) => target(metric, current[index] ?? {}));
  return someOf(shown, 2, ", ") || "<none>";
}

/** What a metric is and should be. */
function target(metric: Fields, status: Fields): string {
  const type = textAt(metric, "type");
  const source = type.slice(0, 1).toLowerCase() + type.slice(1);
  const wanted = (valueAt(metric, `${source}.target`) ?? {}) as Fields;
  const now = (valueAt(status, `${source}.current`) ?? {}) as Fields;
  const average = `${textAt(now, "averageValue", unknown)}/${textAt(wanted, "averageValue", "0")}`;
  switch (type) {
    case "External":
    case "Object":
      return wanted["averageValue"] === undefined
        ? `${textAt(now, "value", unknown)}/${textAt(wanted, "value", "0")}`
        : `${average} (avg)`;
    case "Pods":
      return average;
    case "Resource":
    case "ContainerResource": {
      const resource = textAt(metric, `${source}.name`);
      return wanted["averageValue"] === undefined
        ? `${resource}: ${percentage(now, unknown)}/${percentage(wanted, "<auto>")}`
        : `${resource}: ${average}`;
    }
    default:
      return "<unknown type>";
  }
}

function percentage({ averageUtilization }: Fields, absent: string): string {
  return typeof averageUtilization === "number" ? `${averageUtilization}%` : absent;
}
