import { pick } from "../chance.ts";
import type { Sequence } from "../exchange.ts";

const merge = "application/merge-patch+json";

const metrics: readonly object[] = [
  { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
  { type: "Resource", resource: { name: "memory", target: { type: "AverageValue", averageValue: "1Gi" } } },
  { type: "Pods", pods: { metric: { name: "packets" }, target: { type: "AverageValue", averageValue: "1k" } } },
  {
    type: "Object",
    object: {
      metric: { name: "requests", selector: { matchLabels: { a: "b" } } },
      describedObject: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "main" },
      target: { type: "Value", value: "10k" },
    },
  },
  { type: "External", external: { metric: { name: "queue" }, target: { type: "AverageValue", averageValue: "30" } } },
  {
    type: "ContainerResource",
    containerResource: { name: "cpu", container: "a", target: { type: "Utilization", averageUtilization: 60 } },
  },
];

const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };

/** What is kept in one version and served in several. */
export const conversions: Readonly<Record<string, Sequence>> = {
  "autoscalers: kept from v1": async ({ send }, chance, namespace) => {
    const paths = ["v1", "v2"].map(
      (version) => `/apis/autoscaling/${version}/namespaces/${namespace}/horizontalpodautoscalers`,
    );
    const [v1 = "", v2 = ""] = paths;
    const cpu = pick(chance, [{}, { targetCPUUtilizationPercentage: 40 + Math.floor(chance() * 40) }]);
    const annotations = pick(chance, [
      {},
      {
        "autoscaling.alpha.kubernetes.io/metrics":
          '[{"type":"Pods","pods":{"metricName":"packets","targetAverageValue":"1k"}}]',
      },
      {
        "autoscaling.alpha.kubernetes.io/behavior":
          '{"ScaleUp":{"StabilizationWindowSeconds":5,"SelectPolicy":"Min","Policies":null}}',
      },
      { "autoscaling.alpha.kubernetes.io/metrics": "nonsense", "example.com/a": "b" },
    ]);
    const metadata = { name: "a", annotations };
    await send({ method: "POST", path: v1, body: { metadata, spec: { scaleTargetRef, maxReplicas: 3, ...cpu } } });
    await send({ method: "GET", path: `${v2}/a` });
    await send({ method: "GET", path: v1 });
    await send({ method: "PATCH", path: `${v1}/a`, contentType: merge, body: { spec: { maxReplicas: 5 } } });
    await send({ method: "PATCH", path: `${v1}/a`, contentType: merge, body: { spec: { maxReplicas: 0 } } });
    await send({ method: "PATCH", path: `${v2}/a`, contentType: merge, body: { spec: { minReplicas: 7 } } });
    await send({ method: "GET", path: `${v1}/missing` });
    await send({ method: "DELETE", path: `${v1}/a` });
  },
  "autoscalers: kept from v2": async ({ send }, chance, namespace) => {
    const paths = ["v1", "v2"].map(
      (version) => `/apis/autoscaling/${version}/namespaces/${namespace}/horizontalpodautoscalers`,
    );
    const [v1 = "", v2 = ""] = paths;
    const chosen = metrics.filter(() => chance() < 0.4);
    const behavior = pick(chance, [
      {},
      { behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } },
      {
        behavior: { scaleUp: { policies: [{ type: "Pods", value: 1, periodSeconds: 10 }], selectPolicy: "Disabled" } },
      },
    ]);
    const spec = { scaleTargetRef, minReplicas: 2, maxReplicas: 4, metrics: chosen, ...behavior };
    await send({ method: "POST", path: v2, body: { metadata: { name: "a" }, spec } });
    await send({ method: "GET", path: `${v1}/a` });
    const currentMetrics = [
      { type: "Resource", resource: { name: "cpu", current: { averageUtilization: 20, averageValue: "100m" } } },
    ];
    const status = { currentReplicas: 2, desiredReplicas: 3, currentMetrics };
    await send({ method: "PATCH", path: `${v2}/a/status`, contentType: merge, body: { status } });
    await send({ method: "GET", path: `${v1}/a` });
    await send({ method: "PATCH", path: `${v1}/a`, contentType: merge, body: { metadata: { labels: { a: "b" } } } });
    await send({
      method: "PATCH",
      path: `${v1}/a/status`,
      contentType: merge,
      body: { status: { desiredReplicas: -1 } },
    });
    await send({
      method: "POST",
      path: v1,
      body: { metadata: { name: "a" }, spec: { scaleTargetRef, maxReplicas: 1 } },
    });
    await send({ method: "GET", path: `${v2}/a` });
  },
  "events: kept from both groups": async ({ send }, chance, namespace) => {
    const core = `/api/v1/namespaces/${namespace}/events`;
    const events = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
    const involvedObject = { kind: "Pod", name: pick(chance, ["a", "b"]), namespace };
    const old = {
      metadata: { name: "old" },
      involvedObject,
      reason: "Started",
      message: "It is.",
      source: { component: "kubelet", host: "n" },
      firstTimestamp: "2026-01-01T00:00:00Z",
      lastTimestamp: "2026-01-01T00:00:10Z",
      count: 2,
      type: pick(chance, ["Normal", "Warning"]),
    };
    await send({ method: "POST", path: core, body: old });
    await send({ method: "GET", path: `${events}/old` });
    const made = {
      metadata: { name: "new" },
      eventTime: "2026-01-01T00:00:00.123456Z",
      reportingController: "example.com/controller",
      reportingInstance: "one",
      action: "Start",
      reason: "Started",
      regarding: involvedObject,
      note: "It is.",
      type: "Normal",
      ...pick(chance, [{}, { series: { count: 3, lastObservedTime: "2026-01-01T00:00:01.000000Z" } }]),
    };
    await send({ method: "POST", path: events, body: made });
    await send({ method: "GET", path: `${core}/new` });
    await send({ method: "GET", path: `${events}?fieldSelector=regarding.name%3D${involvedObject.name}` });
    await send({ method: "GET", path: `${core}?fieldSelector=regarding.name%3Da` });
    await send({ method: "GET", path: `${events}/missing` });
    await send({ method: "POST", path: events, body: made });
    await send({ method: "PATCH", path: `${events}/new`, contentType: merge, body: { note: "Changed." } });
    await send({ method: "PATCH", path: `${core}/new`, contentType: merge, body: { count: 5 } });
    await send({ method: "DELETE", path: `${events}/old` });
  },
};
