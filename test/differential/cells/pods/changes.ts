import { pick } from "../../chance.ts";
import type { Sequence } from "../../exchange.ts";
import { changes } from "../../kinds.ts";
import { container, type Fields, only, podsWith, spec } from "./bases.ts";

const required = "requiredDuringSchedulingIgnoredDuringExecution";
const statuses = (...more: readonly Fields[]): Fields => ({ status: { containerStatuses: more } });
const state = (value: Fields): Fields =>
  statuses({ name: "a", image: "b", imageID: "c", ready: false, restartCount: 0, state: value });

const ofSpec = podsWith(
  [
    only({ image: "c" }),
    only({ image: "d:latest" }),
    spec({ activeDeadlineSeconds: 100 }),
    { metadata: { labels: { a: "b" }, annotations: { c: "d" } } },
    { metadata: { annotations: { "controller.kubernetes.io/pod-deletion-cost": "5" } } },
    { status: { phase: "Running" } },
    spec({ containers: [container({ image: "e" })], activeDeadlineSeconds: 50 }),
  ],
  [
    only({ image: "" }),
    only({ image: " c" }),
    only({ name: "z" }),
    only({ command: ["x"] }),
    only({ env: [{ name: "A", value: "b" }] }),
    only({ resources: { requests: { cpu: "1" } } }),
    spec({ containers: [container(), container({ name: "c" })] }),
    spec({ containers: [] }),
    spec({ initContainers: [container({ name: "c" })] }),
    spec({ tolerations: null }),
    spec({ tolerations: [{ key: "a", operator: "Exists" }] }),
    spec({ schedulingGates: [{ name: "late" }] }),
    spec({ restartPolicy: "Never" }),
    spec({ nodeName: "n" }),
    spec({ nodeSelector: { disk: "fast" } }),
    spec({ priority: 5 }),
    spec({ terminationGracePeriodSeconds: 5 }),
    spec({ serviceAccountName: "other" }),
    spec({ hostNetwork: true }),
    spec({ volumes: [{ name: "v", emptyDir: {} }] }),
    spec({ activeDeadlineSeconds: -5 }),
    { metadata: { annotations: { "kubernetes.io/config.mirror": "a" } } },
    { metadata: { annotations: { "controller.kubernetes.io/pod-deletion-cost": "many" } } },
    { metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/a": "unconfined" } } },
    { metadata: { labels: { "-": "b" } } },
  ],
);

const gatedObject = {
  spec: {
    ...(ofSpec.object["spec"] as Fields),
    schedulingGates: [{ name: "one" }, { name: "two" }],
    nodeSelector: { disk: "fast" },
  },
};
const gated = {
  path: ofSpec.path,
  object: gatedObject,
  right: [
    spec({ nodeSelector: { zone: "a" } }),
    spec({
      affinity: {
        nodeAffinity: { [required]: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Exists" }] }] } },
      },
    }),
    spec({ schedulingGates: [{ name: "two" }] }),
    spec({ schedulingGates: [{ name: "one" }] }),
    only({ image: "c" }),
  ],
  wrong: [
    spec({ schedulingGates: [{ name: "one" }, { name: "three" }] }),
    spec({ nodeSelector: { disk: "slow" } }),
    spec({ nodeSelector: null }),
    spec({ nodeName: "n" }),
    spec({ affinity: { podAffinity: { [required]: [{ topologyKey: "zone" }] } } }),
    spec({ affinity: { nodeAffinity: { [required]: { nodeSelectorTerms: [] } } } }),
    spec({
      affinity: {
        nodeAffinity: { [required]: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Near" }] }] } },
      },
    }),
  ],
};

const ofStatus = podsWith(
  [
    { status: { phase: "Running", startTime: "2026-01-01T00:00:00Z" } },
    { status: { conditions: [{ type: "Ready", status: "True" }] } },
    { status: { conditions: [{ type: "example.com/own", status: "False", reason: "A", message: "b" }] } },
    { status: { podIP: "10.1.2.3" } },
    { status: { podIPs: [{ ip: "10.1.2.3" }, { ip: "fd00::1" }] } },
    { status: { hostIP: "10.1.2.3", hostIPs: [{ ip: "10.1.2.3" }] } },
    { status: { nominatedNodeName: "n" } },
    { status: { observedGeneration: 1 } },
    { status: { observedGeneration: null } },
    state({ running: { startedAt: "2026-01-01T00:00:00Z" } }),
    { spec: { priority: 5 }, status: { message: "hello" } },
    { metadata: { labels: { a: "b" }, finalizers: ["example.com/a"] }, status: { reason: "A" } },
    { metadata: { finalizers: null } },
    { status: { podIPs: [{ ip: "FD00:0::1" }] } },
  ],
  [
    { status: { qosClass: "Guaranteed" } },
    { status: { conditions: [{ type: "not a type", status: "True" }] } },
    { status: { conditions: [{ type: "Ready", status: "True", observedGeneration: -1 }] } },
    { status: { podIPs: [{ ip: "nonsense" }] } },
    { status: { podIPs: [{ ip: "10.0.0.256" }, { ip: "10.1.1.1" }] } },
    { status: { podIPs: [{ ip: "10.1.1.2" }, { ip: "10.1.1.1" }] } },
    { status: { hostIP: "10.1.2.3", hostIPs: [{ ip: "10.1.2.4" }] } },
    { status: { hostIP: "x", hostIPs: [{ ip: "x" }, { ip: "y" }] } },
    { status: { nominatedNodeName: "N" } },
    { status: { observedGeneration: -1 } },
    { metadata: { annotations: { "kubernetes.io/config.mirror": "a" } } },
    { status: { phase: 5 } },
  ],
);

const debugging = (...more: readonly Fields[]): Fields =>
  spec({ ephemeralContainers: more.map((one) => ({ name: "d", image: "e", ...one })) });
const added = podsWith(
  [
    debugging({}),
    debugging({ targetContainerName: "a", stdin: true, tty: true }),
    { ...debugging({ name: "late" }), metadata: { labels: { never: "kept" } } },
  ],
  [
    debugging({ name: "a" }),
    debugging({ name: "" }),
    debugging({ image: "" }),
    debugging({ image: " e" }),
    debugging({ targetContainerName: "none" }),
    debugging({ ports: [{ containerPort: 80 }] }),
    debugging({ livenessProbe: { exec: { command: ["a"] } }, lifecycle: { preStop: { exec: { command: ["a"] } } } }),
    debugging({ resources: { limits: { cpu: "1" } } }),
    debugging({ volumeMounts: [{ name: "none", mountPath: "/a", subPath: "b" }] }),
    debugging({}, {}),
  ],
);

const sized = (resources: Fields, more: Fields = {}): Fields => only({ resources, ...more });
const resizes = {
  path: ofSpec.path,
  object: {
    spec: {
      automountServiceAccountToken: false,
      containers: [container({ resources: { requests: { cpu: "1" }, limits: { cpu: "2", memory: "1Gi" } } })],
    },
  },
  right: [
    sized({ requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }),
    sized({ requests: { cpu: "1", memory: "512Mi" }, limits: { cpu: "3", memory: "2Gi" } }),
    sized({ requests: { cpu: "750m", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }, { image: "ignored" }),
    sized(
      { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } },
      {
        resizePolicy: [
          { resourceName: "cpu", restartPolicy: "NotRequired" },
          { resourceName: "memory", restartPolicy: "NotRequired" },
        ],
      },
    ),
  ],
  wrong: [
    sized({ limits: { cpu: "2", memory: "1Gi" } }),
    sized({}),
    sized({ requests: { cpu: "1" }, limits: { cpu: "2" } }),
    sized({ requests: { cpu: "2", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }),
    sized({ requests: { cpu: "3", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }),
    sized({ requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }),
    spec({ containers: [container(), container({ name: "c" })] }),
    sized({ requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }, { name: "z" }),
  ],
};

/** Containers that ended, and are said to run again. */
const restarting: Sequence = async ({ send }, chance, namespace) => {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const restartPolicy = pick(chance, ["Always", "OnFailure", "Never"]);
  const rules = {
    restartPolicy: "Never",
    restartPolicyRules: [{ action: "Restart", exitCodes: { operator: pick(chance, ["In", "NotIn"]), values: [3] } }],
  };
  const first = container({ name: "first", ...pick(chance, [{}, { restartPolicy: "Always" }]) });
  const containers = [container(pick(chance, [{}, rules]))];
  await send({
    method: "POST",
    path,
    body: {
      metadata: { name: "p" },
      spec: { automountServiceAccountToken: false, restartPolicy, containers, initContainers: [first] },
    },
  });
  const report = async (field: string, name: string, value: Fields): Promise<void> => {
    const one = { name, image: "b", imageID: "c", ready: false, restartCount: 0, state: value };
    await send({
      method: "PATCH",
      path: `${path}/p/status`,
      contentType: "application/merge-patch+json",
      body: { status: { [field]: [one] } },
    });
  };
  for (const [field, name] of [
    ["containerStatuses", "a"],
    ["initContainerStatuses", "first"],
    ["ephemeralContainerStatuses", "x"],
  ] as const) {
    await report(field, name, { terminated: { exitCode: pick(chance, [0, 1, 3]) } });
    await report(field, name, { running: {} });
  }
  await report("containerStatuses", "other", { running: {} });
  await send({ method: "GET", path: `${path}/p` });
};

/** How pods change. */
export const changeCells: Readonly<Record<string, Sequence>> = {
  "pods: changes": changes(ofSpec),
  "pods: changes of gated pods": changes(gated, { right: 3, wrong: 4 }),
  "pods: statuses": changes(ofStatus, { subresource: "/status" }),
  "pods: containers that run again": restarting,
  "pods: containers for debugging": changes(added, { subresource: "/ephemeralcontainers", right: 3, wrong: 4 }),
  "pods: resizes": changes(resizes, { subresource: "/resize" }),
};
