import { describe, expect, test } from "vitest";
import { typeOf } from "../knowledge/types.ts";
import { applyDefaults } from "./defaults.ts";
import { shaped } from "./shape.ts";

/** An object as the server has it after it has read it. */
function decoded(apiVersion: string, kind: string, sent: object): Record<string, unknown> {
  const type = typeOf(apiVersion, kind);
  if (type === undefined) throw new Error(`${kind} has no type`);
  const object = shaped(type, sent);
  applyDefaults(type, object);
  return object;
}

describe("defaults", () => {
  test("stand wherever their struct does", () => {
    const template = { spec: { containers: [{ name: "a", image: "nginx", ports: [{ containerPort: 80 }] }] } };
    const { spec } = decoded("batch/v1", "CronJob", { spec: { jobTemplate: { spec: { template } } } });
    expect(spec).toMatchObject({
      concurrencyPolicy: "Allow",
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: "Always",
              securityContext: {},
              terminationGracePeriodSeconds: 30,
              containers: [
                {
                  imagePullPolicy: "Always",
                  terminationMessagePath: "/dev/termination-log",
                  ports: [{ protocol: "TCP" }],
                },
              ],
            },
          },
        },
      },
    });
  });

  test("stay away from what was said, zero behind a pointer too", () => {
    const { spec } = decoded("apps/v1", "Deployment", { spec: { replicas: 0, strategy: { type: "Recreate" } } });
    expect(spec).toMatchObject({ replicas: 0, revisionHistoryLimit: 10, strategy: { type: "Recreate" } });
    expect(spec).not.toHaveProperty("strategy.rollingUpdate");
    expect(decoded("apps/v1", "Deployment", {})["spec"]).toMatchObject({
      replicas: 1,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
    });
  });

  test("may hold in one kind of object only", () => {
    expect(decoded("v1", "Pod", {})).toHaveProperty("spec.enableServiceLinks", true);
    expect(decoded("v1", "PodTemplate", {})).not.toHaveProperty("template.spec.enableServiceLinks");
    expect(decoded("batch/v1", "Job", {})).toHaveProperty("spec.completions", 1);
    expect(decoded("batch/v1", "CronJob", {})).not.toHaveProperty("spec.jobTemplate.spec.completions");
  });

  test("depend on other fields", () => {
    const job = (spec: object): unknown => decoded("batch/v1", "Job", { spec })["spec"];
    expect(job({ parallelism: 3 })).not.toHaveProperty("completions");
    expect(job({ completions: 3 })).toMatchObject({ completions: 3, parallelism: 1, backoffLimit: 6 });
    expect(job({ backoffLimitPerIndex: 1 })).toMatchObject({ backoffLimit: 2_147_483_647 });
    expect(decoded("networking.k8s.io/v1", "NetworkPolicy", { spec: { egress: [{}] } })).toHaveProperty(
      "spec.policyTypes",
      ["Ingress", "Egress"],
    );
    expect(decoded("v1", "Pod", { spec: { volumes: [{ name: "a" }, { name: "b", secret: {} }] } })).toMatchObject({
      spec: { volumes: [{ emptyDir: {} }, { secret: { defaultMode: 420 } }] },
    });
  });

  test("may be copies: targetPort of port, requests of limits one by one", () => {
    expect(decoded("v1", "Service", { spec: { ports: [{ port: 80 }] } })).toMatchObject({
      spec: { type: "ClusterIP", ports: [{ port: 80, targetPort: 80, protocol: "TCP" }] },
    });
    const resources = { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m" } };
    expect(decoded("v1", "Pod", { spec: { containers: [{ resources }] } })).toMatchObject({
      spec: { containers: [{ resources: { requests: { cpu: "500m", memory: "1Gi" } } }] },
    });
  });

  test("reach what they have made themselves", () => {
    expect(decoded("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { behavior: {} } })).toMatchObject({
      spec: { behavior: { scaleDown: { selectPolicy: "Max", policies: [{ type: "Percent" }] } } },
    });
  });
});

describe("what no rule says", () => {
  test("pods: host ports, and two names for one thing", () => {
    const { spec, status } = decoded("v1", "Pod", {
      spec: { hostNetwork: true, serviceAccount: "old", containers: [{ ports: [{ containerPort: 80 }] }] },
      status: { podIP: "10.0.0.9" },
    });
    expect(spec).toMatchObject({ serviceAccountName: "old", containers: [{ ports: [{ hostPort: 80 }] }] });
    expect(status).toMatchObject({ podIPs: [{ ip: "10.0.0.9" }] });
  });

  test("pods: requests of the whole, the larger of what runs and what starts", () => {
    const container = (cpu: string, restartPolicy?: string): object => ({
      resources: { requests: { cpu } },
      restartPolicy,
    });
    const requests = (limits: object, initContainers: readonly object[]): unknown =>
      decoded("v1", "Pod", {
        spec: { resources: { limits }, containers: [container("1"), container("500m")], initContainers },
      });
    const path = "spec.resources.requests";
    expect(requests({ memory: "1Gi" }, [])).toHaveProperty(path, { cpu: "1500m", memory: "1Gi" });
    expect(requests({ memory: "1Gi" }, [container("2")])).toHaveProperty(path, { cpu: "2", memory: "1Gi" });
    expect(requests({ cpu: "9" }, [container("100m", "Always"), container("2")])).toHaveProperty(path, {
      cpu: "2100m",
    });
    expect(requests({}, [])).not.toHaveProperty(path);
  });

  test("services: session affinity", () => {
    const affinity = (spec: object): unknown => decoded("v1", "Service", { spec })["spec"];
    const config = { clientIP: { timeoutSeconds: 5 } };
    expect(affinity({ sessionAffinity: "ClientIP" })).toHaveProperty(
      "sessionAffinityConfig.clientIP.timeoutSeconds",
      10_800,
    );
    expect(affinity({ sessionAffinity: "ClientIP", sessionAffinityConfig: config })).toMatchObject({
      sessionAffinityConfig: config,
    });
    expect(affinity({ sessionAffinityConfig: config })).not.toHaveProperty("sessionAffinityConfig");
  });

  test("secrets: texts become data, and win", () => {
    const sent = { data: { a: "eA==", b: "eA==" }, stringData: { a: "ü" } };
    expect(decoded("v1", "Secret", sent)).toEqual({ metadata: {}, type: "Opaque", data: { a: "w7w=", b: "eA==" } });
  });

  test("limit ranges: from max to default to default request, of containers", () => {
    const item = { max: { cpu: "2" }, min: { memory: "1Mi" } };
    expect(
      decoded("v1", "LimitRange", {
        spec: {
          limits: [
            { type: "Container", ...item },
            { type: "Pod", ...item },
          ],
        },
      }),
    ).toEqual({
      metadata: {},
      spec: {
        limits: [
          { type: "Container", ...item, default: { cpu: "2" }, defaultRequest: { cpu: "2", memory: "1Mi" } },
          { type: "Pod", ...item },
        ],
      },
    });
  });

  test("namespaces have their name as a label, replication controllers the labels of their template", () => {
    expect(decoded("v1", "Namespace", { metadata: { name: "a" } })).toHaveProperty("metadata.labels", {
      "kubernetes.io/metadata.name": "a",
    });
    const template = { metadata: { labels: { app: "a" } } };
    expect(decoded("v1", "ReplicationController", { spec: { template } })).toMatchObject({
      metadata: { labels: { app: "a" } },
      spec: { selector: { app: "a" } },
    });
  });

  test("definitions: names from the kind, stored versions, conversion", () => {
    const spec = { names: { kind: "Lamp", plural: "lamps" }, versions: [{ name: "v1", storage: true }] };
    expect(decoded("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec })).toMatchObject({
      spec: { names: { singular: "lamp", listKind: "LampList" }, conversion: { strategy: "None" } },
      status: { storedVersions: ["v1"] },
    });
  });
});
