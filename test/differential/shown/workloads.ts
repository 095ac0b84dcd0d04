import type { Shown } from "./shown.ts";

const labels = { app: "a" };
const selector = { matchLabels: labels };
const container = { name: "a", image: "b" };
const template = { metadata: { labels }, spec: { containers: [container, { name: "c", image: "d:1" }] } };

const long = "2000-01-01T00:00:00Z";
const terminated = (exitCode: number, more: object = {}): object => ({ terminated: { exitCode, ...more } });
const status = (name: string, more: object): object => ({
  name,
  image: "b",
  imageID: "",
  ready: false,
  restartCount: 0,
  ...more,
});
const running = { running: { startedAt: long } };

/** Pods, in all that may be said of their containers. */
export const pods: Shown = {
  path: "/api/v1/namespaces/NAMESPACE/pods",
  objects: [
    { spec: { containers: [container] } },
    { spec: { containers: [container, { name: "c", image: "d" }], nodeName: "n" } },
    { spec: { containers: [container], schedulingGates: [{ name: "example.com/g" }] } },
    {
      spec: {
        containers: [container],
        initContainers: [
          { name: "i", image: "j" },
          { name: "s", image: "t", restartPolicy: "Always" },
        ],
      },
    },
    { spec: { containers: [container], readinessGates: [{ conditionType: "example.com/r" }] } },
  ],
  statuses: [
    { phase: "Running", podIPs: [{ ip: "10.9.9.9" }], podIP: "10.9.9.9" },
    { phase: "Running", containerStatuses: [status("a", { ready: true, restartCount: 3, state: running })] },
    {
      phase: "Running",
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: [
        status("a", { ready: true, state: running, restartCount: 2, lastState: terminated(1, { finishedAt: long }) }),
        status("c", { state: terminated(0, { reason: "Completed" }) }),
      ],
    },
    { phase: "Succeeded", containerStatuses: [status("a", { state: terminated(0, { reason: "Completed" }) })] },
    { phase: "Failed", reason: "Evicted" },
    { phase: "Failed", containerStatuses: [status("a", { state: terminated(137) })] },
    { phase: "Failed", containerStatuses: [status("a", { state: terminated(1, { signal: 9 }) })] },
    { phase: "Pending", containerStatuses: [status("a", { state: { waiting: { reason: "ImagePullBackOff" } } })] },
    { phase: "Pending", initContainerStatuses: [status("i", { state: terminated(2) })] },
    { phase: "Pending", initContainerStatuses: [status("i", { state: { waiting: { reason: "CrashLoopBackOff" } } })] },
    { phase: "Pending", initContainerStatuses: [status("i", { state: { waiting: { reason: "PodInitializing" } } })] },
    {
      phase: "Pending",
      initContainerStatuses: [
        status("i", { state: terminated(0) }),
        status("s", { state: running, started: true, ready: true, restartCount: 1 }),
      ],
    },
    { phase: "Running", conditions: [{ type: "example.com/r", status: "True" }], nominatedNodeName: "n" },
  ],
};

const replicated = (plural: string, more: object, statuses: readonly object[]): Shown => ({
  path: `/apis/apps/v1/namespaces/NAMESPACE/${plural}`,
  objects: [{ spec: { selector, template, ...more } }],
  statuses,
});

/** Kinds that run pods. */
export const workloads: readonly Shown[] = [
  replicated("deployments", { replicas: 3 }, [
    { replicas: 3, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1, unavailableReplicas: 2 },
  ]),
  replicated("replicasets", { replicas: 2 }, [{ replicas: 2, readyReplicas: 1 }]),
  replicated("statefulsets", { replicas: 2, serviceName: "s" }, [{ replicas: 2, readyReplicas: 1 }]),
  replicated("daemonsets", {}, [
    {
      desiredNumberScheduled: 3,
      currentNumberScheduled: 2,
      numberReady: 1,
      numberMisscheduled: 0,
      updatedNumberScheduled: 1,
      numberAvailable: 1,
    },
  ]),
  {
    path: "/api/v1/namespaces/NAMESPACE/replicationcontrollers",
    objects: [{ spec: { selector: labels, template, replicas: 2 } }],
    statuses: [{ replicas: 2, readyReplicas: 1 }],
  },
  {
    path: "/apis/batch/v1/namespaces/NAMESPACE/cronjobs",
    objects: [
      {
        spec: {
          schedule: "* * * * *",
          timeZone: "Etc/UTC",
          jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
        },
      },
      {
        spec: {
          schedule: "@daily",
          suspend: true,
          jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
        },
      },
    ],
    statuses: [{ lastScheduleTime: long, active: [{ name: "a" }] }],
  },
  {
    path: "/apis/policy/v1/namespaces/NAMESPACE/poddisruptionbudgets",
    objects: [{ spec: { selector, minAvailable: "50%" } }, { spec: { selector, maxUnavailable: 1 } }],
    statuses: [{ disruptionsAllowed: 2, currentHealthy: 3, desiredHealthy: 1, expectedPods: 3 }],
  },
  {
    path: "/apis/autoscaling/v2/namespaces/NAMESPACE/horizontalpodautoscalers",
    alsoAt: "/apis/autoscaling/v1/namespaces/NAMESPACE/horizontalpodautoscalers",
    objects: [
      { spec: { scaleTargetRef: { kind: "Deployment", name: "d", apiVersion: "apps/v1" }, maxReplicas: 3 } },
      {
        spec: {
          scaleTargetRef: { kind: "Deployment", name: "d", apiVersion: "apps/v1" },
          minReplicas: 2,
          maxReplicas: 3,
          metrics: [
            { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
            { type: "Pods", pods: { metric: { name: "m" }, target: { type: "AverageValue", averageValue: "10" } } },
            { type: "External", external: { metric: { name: "e" }, target: { type: "Value", value: "3k" } } },
          ],
        },
      },
    ],
    statuses: [
      {
        currentReplicas: 2,
        desiredReplicas: 3,
        currentMetrics: [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: 70 } } }],
      },
    ],
  },
];
