import type { Sequence } from "../../exchange.ts";
import { creations } from "../../kinds.ts";
import { container, type Fields, only, podsWith, spec } from "./bases.ts";

const volumes = [
  { name: "v", emptyDir: {} },
  { name: "w", persistentVolumeClaim: { claimName: "c" } },
];
const mounting = (...volumeMounts: readonly unknown[]): Fields =>
  spec({ volumes, containers: [container({ volumeMounts })] });
const using = (...volumeDevices: readonly unknown[]): Fields =>
  spec({ volumes, containers: [container({ volumeDevices })] });
const probing = (probe: Fields, field = "livenessProbe"): Fields => only({ [field]: probe });
const exec = { exec: { command: ["true"] } };
const first = (more: Fields): Fields => spec({ initContainers: [container({ name: "first", ...more })] });
const env = (...variables: readonly unknown[]): Fields => only({ env: variables });
const from = (valueFrom: Fields): Fields => env({ name: "A", valueFrom });

const names = podsWith(
  [
    only({ imagePullPolicy: "Never" }),
    only({ image: "b:latest" }),
    only({ image: "b@sha256:0000000000000000000000000000000000000000000000000000000000000000" }),
    only({ command: ["a", "b"], args: ["c"], workingDir: "/d", stdin: true, tty: true }),
    only({ terminationMessagePolicy: "FallbackToLogsOnError", terminationMessagePath: "/e" }),
    spec({ containers: [container(), container({ name: "c" })] }),
    spec({ imagePullSecrets: [{ name: "s" }] }),
  ],
  [
    spec({ containers: [] }),
    spec({ containers: null }),
    only({ name: "" }),
    only({ name: "A" }),
    only({ name: "a.b" }),
    only({ name: "a".repeat(64) }),
    only({ image: "" }),
    only({ image: " b" }),
    only({ imagePullPolicy: "Sometimes" }),
    only({ terminationMessagePolicy: "Nowhere" }),
    spec({ containers: [container(), container()] }),
    spec({ restartPolicy: "Maybe" }),
  ],
);

const ports = podsWith(
  [
    only({ ports: [{ containerPort: 80 }] }),
    only({ ports: [{ containerPort: 80, name: "http", protocol: "TCP" }] }),
    only({
      ports: [
        { containerPort: 53, protocol: "UDP" },
        { containerPort: 53, protocol: "TCP" },
      ],
    }),
    only({ ports: [{ containerPort: 80, hostPort: 8080, hostIP: "127.0.0.1" }] }),
    only({ ports: [{ containerPort: 9, protocol: "SCTP" }] }),
  ],
  [
    only({ ports: [{}] }),
    only({ ports: [{ containerPort: 0 }] }),
    only({ ports: [{ containerPort: 70_000 }] }),
    only({ ports: [{ containerPort: 80, hostPort: -1 }] }),
    only({ ports: [{ containerPort: 80, protocol: "ICMP" }] }),
    only({ ports: [{ containerPort: 80, name: "Http" }] }),
    only({ ports: [{ containerPort: 80, name: "a-very-long-port-name" }] }),
    only({ ports: [{ containerPort: 80, name: "80" }] }),
    only({ ports: [{ containerPort: 80, name: "a--b-" }] }),
    only({
      ports: [
        { containerPort: 80, name: "x" },
        { containerPort: 81, name: "x" },
      ],
    }),
    only({
      ports: [
        { containerPort: 80, hostPort: 1 },
        { containerPort: 81, hostPort: 1 },
      ],
    }),
  ],
);

const variables = podsWith(
  [
    env({ name: "A", value: "b" }),
    env({ name: "with space.and-dash", value: "b" }),
    env({ name: "A", value: "b" }, { name: "B", value: "$(A)" }),
    from({ fieldRef: { fieldPath: "metadata.name" } }),
    from({ fieldRef: { fieldPath: "spec.host" } }),
    from({ fieldRef: { fieldPath: "metadata.labels['a']" } }),
    from({ resourceFieldRef: { resource: "limits.cpu", divisor: "1m" } }),
    from({ resourceFieldRef: { resource: "requests.memory", divisor: "1Mi" } }),
    from({ configMapKeyRef: { name: "c", key: "k" } }),
    from({ secretKeyRef: { name: "c", key: "k", optional: true } }),
    spec({
      volumes: [{ name: "v", emptyDir: {} }],
      containers: [
        container({ env: [{ name: "A", valueFrom: { fileKeyRef: { volumeName: "v", path: "p", key: "K" } } }] }),
      ],
    }),
  ],
  [
    env({ value: "b" }),
    env({ name: "A=B" }),
    env({ name: "é" }),
    from({}),
    env({ name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }),
    from({ fieldRef: { fieldPath: "" } }),
    from({ fieldRef: { fieldPath: "spec.nonsense" } }),
    from({ fieldRef: { fieldPath: "metadata.labels" } }),
    from({ fieldRef: { fieldPath: "metadata.name['a']" } }),
    from({ fieldRef: { fieldPath: "metadata.labels['-']" } }),
    from({ fieldRef: { apiVersion: "v2", fieldPath: "metadata.name" } }),
    from({ resourceFieldRef: { resource: "limits.disk" } }),
    from({ resourceFieldRef: { resource: "limits.cpu", divisor: "1Mi" } }),
    from({ resourceFieldRef: { resource: "requests.memory", divisor: "1m" } }),
    from({ resourceFieldRef: { resource: "" } }),
    from({ configMapKeyRef: { name: "C", key: "" } }),
    from({ secretKeyRef: { name: "", key: "../k" } }),
    from({ configMapKeyRef: { name: "c", key: "k" }, fieldRef: { fieldPath: "metadata.name" } }),
    from({ fileKeyRef: { volumeName: "none", path: "../p", key: "K" } }),
    from({ fileKeyRef: { volumeName: "", path: "", key: "" } }),
  ],
);

const allVariables = podsWith(
  [
    only({ envFrom: [{ configMapRef: { name: "c" } }] }),
    only({ envFrom: [{ secretRef: { name: "c", optional: true }, prefix: "P_" }] }),
    only({ envFrom: [{ configMapRef: { name: "c" } }, { secretRef: { name: "c" } }] }),
  ],
  [
    only({ envFrom: [{}] }),
    only({ envFrom: [{ configMapRef: {} }] }),
    only({ envFrom: [{ configMapRef: { name: "C" } }] }),
    only({ envFrom: [{ secretRef: { name: "c." } }] }),
    only({ envFrom: [{ configMapRef: { name: "c" }, secretRef: { name: "c" } }] }),
    only({ envFrom: [{ configMapRef: { name: "c" }, prefix: "a=" }] }),
  ],
);

const mounts = podsWith(
  [
    mounting({ name: "v", mountPath: "/a" }),
    mounting({ name: "v", mountPath: "/a", readOnly: true, subPath: "b/c" }),
    mounting({ name: "v", mountPath: "/a" }, { name: "v", mountPath: "/b", subPathExpr: "$(A)" }),
    mounting({ name: "v", mountPath: "/a", mountPropagation: "HostToContainer" }),
    mounting({ name: "v", mountPath: "/a", readOnly: true, recursiveReadOnly: "IfPossible" }),
    using({ name: "w", devicePath: "/dev/a" }),
  ],
  [
    mounting({ name: "", mountPath: "/a" }),
    mounting({ name: "none", mountPath: "/a" }),
    mounting({ name: "v", mountPath: "" }),
    mounting({ name: "v", mountPath: "/a" }, { name: "v", mountPath: "/a" }),
    mounting({ name: "v", mountPath: "/a", subPath: "/b" }),
    mounting({ name: "v", mountPath: "/a", subPath: "b/../.." }),
    mounting({ name: "v", mountPath: "/a", subPath: "b", subPathExpr: "../c" }),
    mounting({ name: "v", mountPath: "/a", mountPropagation: "Bidirectional" }),
    mounting({ name: "v", mountPath: "/a", mountPropagation: "Nonsense" }),
    mounting({ name: "v", mountPath: "/a", recursiveReadOnly: "Enabled" }),
    mounting({ name: "v", mountPath: "/a", recursiveReadOnly: "Nonsense" }),
    using({ name: "v", devicePath: "/dev/a" }),
    using({ name: "none", devicePath: "" }),
    using({ name: "w", devicePath: "/dev/../a" }),
    using({ name: "w", devicePath: "/dev/a" }, { name: "w", devicePath: "/dev/a" }),
    spec({
      volumes,
      containers: [
        container({
          volumeMounts: [{ name: "w", mountPath: "/a" }],
          volumeDevices: [{ name: "w", devicePath: "/a" }],
        }),
      ],
    }),
  ],
);

const probes = podsWith(
  [
    probing(exec),
    probing({ httpGet: { port: 80 } }),
    probing({ httpGet: { path: "/a", port: "http", scheme: "HTTPS", httpHeaders: [{ name: "X-A", value: "b" }] } }),
    probing({ tcpSocket: { port: 80 } }, "readinessProbe"),
    probing({ grpc: { port: 80 } }, "startupProbe"),
    probing({ ...exec, initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4 }),
    probing({ ...exec, successThreshold: 2 }, "readinessProbe"),
    probing({ ...exec, terminationGracePeriodSeconds: 5 }),
  ],
  [
    probing({}),
    probing({ exec: {} }),
    probing({ ...exec, tcpSocket: { port: 80 } }),
    probing({ httpGet: { port: 0 } }),
    probing({ httpGet: { port: "Http" } }),
    probing({ httpGet: { port: 80, scheme: "FTP" } }),
    probing({ httpGet: { port: 80, httpHeaders: [{ name: "X A", value: "b" }] } }),
    probing({ tcpSocket: { port: 70_000 } }, "readinessProbe"),
    probing({ grpc: { port: 0 } }, "startupProbe"),
    probing({ ...exec, initialDelaySeconds: -1, periodSeconds: -2, timeoutSeconds: -3 }),
    probing({ ...exec, successThreshold: 2 }),
    probing({ ...exec, successThreshold: 2 }, "startupProbe"),
    probing({ ...exec, terminationGracePeriodSeconds: 0 }),
    probing({ ...exec, terminationGracePeriodSeconds: 5 }, "readinessProbe"),
  ],
);

const lifecycle = podsWith(
  [
    only({ lifecycle: { postStart: exec } }),
    only({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
    only({ lifecycle: { preStop: { sleep: { seconds: 0 } } } }),
    only({ lifecycle: { preStop: { httpGet: { port: 80, path: "/a" } } } }),
    spec({
      terminationGracePeriodSeconds: 60,
      containers: [container({ lifecycle: { preStop: { sleep: { seconds: 60 } } } })],
    }),
    spec({ os: { name: "linux" }, containers: [container({ lifecycle: { stopSignal: "SIGUSR1" } })] }),
  ],
  [
    only({ lifecycle: { postStart: {} } }),
    only({ lifecycle: { preStop: { exec: {} } } }),
    only({ lifecycle: { preStop: { sleep: { seconds: 31 } } } }),
    only({ lifecycle: { preStop: { sleep: { seconds: -1 } } } }),
    only({ lifecycle: { preStop: { tcpSocket: { port: "-" } } } }),
    only({ lifecycle: { postStart: { ...exec, sleep: { seconds: 1 } } } }),
  ],
);

const initContainers = podsWith(
  [
    first({}),
    first({ restartPolicy: "Always" }),
    first({ restartPolicy: "Always", livenessProbe: exec, lifecycle: { preStop: exec } }),
    first({
      restartPolicy: "Never",
      restartPolicyRules: [{ action: "Restart", exitCodes: { operator: "In", values: [3] } }],
    }),
    only({ restartPolicy: "OnFailure" }),
    first({ ports: [{ containerPort: 80, hostPort: 80 }] }),
  ],
  [
    first({ name: "a" }),
    first({ name: "" }),
    first({ image: "" }),
    first({ lifecycle: { preStop: exec } }),
    first({ livenessProbe: exec, readinessProbe: exec, startupProbe: exec }),
    first({ restartPolicy: "Sometimes" }),
    first({ restartPolicyRules: [{ action: "Restart", exitCodes: { operator: "In", values: [3] } }] }),
    first({ resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] }),
    first({ restartPolicy: "Always", lifecycle: { preStop: {} } }),
    only({ restartPolicy: "Nonsense" }),
    only({
      restartPolicy: "Never",
      restartPolicyRules: [{ action: "Explode", exitCodes: { operator: "Near", values: [] } }],
    }),
    only({ restartPolicy: "Never", restartPolicyRules: [{ action: "Restart" }] }),
    spec({ initContainers: [container({ name: "x" }), container({ name: "x" })] }),
    spec({ ephemeralContainers: [container({ name: "late" })] }),
  ],
);

/** What pods say of their containers. */
export const containerCells: Readonly<Record<string, Sequence>> = {
  "pods: containers": creations(names),
  "pods: ports": creations(ports),
  "pods: variables": creations(variables, { right: 4, wrong: 4 }),
  "pods: variables of whole objects": creations(allVariables),
  "pods: mounts": creations(mounts),
  "pods: probes": creations(probes),
  "pods: lifecycle": creations(lifecycle),
  "pods: init containers": creations(initContainers),
};
