import { AutoscalingV1 } from "@kubewright/api/autoscaling/v1";
import { AutoscalingV2, type HorizontalPodAutoscalerSpec, type MetricSpec } from "@kubewright/api/autoscaling/v2";
import { createCluster } from "@kubewright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createApiServer } from "../serving/create-api-server.ts";

const name = fc.constantFrom("a", "b");
const percent = fc.integer({ min: 1, max: 100 });
const amount = fc.integer({ min: 1, max: 99 }).map(String);
const metric: fc.Arbitrary<MetricSpec> = fc.oneof(
  fc
    .record({ resource: fc.constantFrom("cpu", "memory"), averageUtilization: percent })
    .map(({ resource, averageUtilization }): MetricSpec => ({
      type: "Resource",
      resource: { name: resource, target: { type: "Utilization", averageUtilization } },
    })),
  fc.record({ name, averageValue: amount }).map(({ name: of, averageValue }): MetricSpec => ({
    type: "Pods",
    pods: {
      metric: { name: of, selector: { matchLabels: { a: of } } },
      target: { type: "AverageValue", averageValue },
    },
  })),
  fc.record({ name, value: amount }).map(({ name: of, value }): MetricSpec => ({
    type: "Object",
    object: {
      metric: { name: of },
      describedObject: { apiVersion: "v1", kind: "Service", name: of },
      target: { type: "Value", value },
    },
  })),
  fc.record({ name, averageValue: amount }).map(({ name: of, averageValue }): MetricSpec => ({
    type: "External",
    external: { metric: { name: of }, target: { type: "AverageValue", averageValue } },
  })),
);
/** Each once: autoscaling/v1 has a field for one metric of the CPU, and loses another. */
const metrics = fc.uniqueArray(metric, {
  minLength: 1,
  maxLength: 3,
  selector: ({ type, resource }) => (resource === undefined ? {} : `${type} ${resource.name}`),
});
const behavior = fc.option(
  fc.record({ stabilizationWindowSeconds: fc.nat({ max: 3600 }), selectPolicy: fc.constantFrom("Min", "Disabled") }),
  { nil: undefined },
);

test("an autoscaler that goes through autoscaling/v1 comes back as it was", async () => {
  const cluster = createCluster({ transport: createApiServer().transport() });
  const older = cluster.api(AutoscalingV1).horizontalPodAutoscalers.in("default");
  const newer = cluster.api(AutoscalingV2).horizontalPodAutoscalers.in("default");
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  await fc.assert(
    fc.asyncProperty(metrics, behavior, async (wanted, scaleDown) => {
      const spec: HorizontalPodAutoscalerSpec = {
        scaleTargetRef,
        maxReplicas: 3,
        metrics: wanted,
        ...(scaleDown === undefined ? {} : { behavior: { scaleDown } }),
      };
      const made = await newer.create({ metadata: { generateName: "a-" }, spec });
      const { name: of } = made.metadata;
      await older.update(await older.get(of));
      const back = await newer.get(of);
      // The one that autoscaling/v1 has a field for comes last.
      const inOrder = (list: readonly MetricSpec[] = []): string[] => list.map((one) => JSON.stringify(one)).toSorted();
      expect(inOrder(back.spec?.metrics)).toEqual(inOrder(made.spec?.metrics));
      expect(back.spec?.behavior).toEqual(made.spec?.behavior);
    }),
    { numRuns: 30 },
  );
  await cluster.close();
});
