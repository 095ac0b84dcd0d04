import type { Sequence } from "../../exchange.ts";
import { creations } from "../../kinds.ts";
import { container, type Fields, only, podsWith, spec } from "./bases.ts";

const resources = (value: Fields): Fields => only({ resources: value });
const secure = (value: Fields): Fields => only({ securityContext: value });
const podSecure = (value: Fields, more: Fields = {}): Fields => spec({ securityContext: value, ...more });

const amounts = podsWith(
  [
    resources({ requests: { cpu: "100m" } }),
    resources({ limits: { cpu: 1, memory: "1Gi" } }),
    resources({ requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } }),
    resources({ limits: { "example.com/gpu": 1 } }),
    resources({ limits: { "hugepages-2Mi": "4Mi", memory: "1Gi" } }),
    resources({ requests: { "ephemeral-storage": "1Gi" }, limits: { "ephemeral-storage": "2Gi" } }),
    spec({
      containers: [container({ resources: { limits: { cpu: "1", memory: "1" } } }), container({ name: "c" })],
    }),
    only({ resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] }),
    resources({ requests: { memory: "1500m" } }),
  ],
  [
    resources({ requests: { cpu: "2" }, limits: { cpu: "1" } }),
    resources({ requests: { cpu: "-1" } }),
    resources({ limits: { gpu: 1 } }),
    resources({ limits: { pods: 1 } }),
    resources({ limits: { "example.com/-": 1 } }),
    resources({ limits: { "example.com/gpu": "500m" } }),
    resources({ requests: { "example.com/gpu": 1 } }),
    resources({ requests: { "example.com/gpu": 1 }, limits: { "example.com/gpu": 2 } }),
    resources({ limits: { "hugepages-2Mi": "4Mi" } }),
    resources({ limits: { "hugepages-2Mi": "3Mi", memory: "1Gi" } }),
    resources({ claims: [{ name: "c" }] }),
    resources({ claims: [{ name: "" }] }),
    only({ resizePolicy: [{ resourceName: "disk", restartPolicy: "Never" }] }),
    only({
      resizePolicy: [
        { resourceName: "cpu", restartPolicy: "NotRequired" },
        { resourceName: "cpu", restartPolicy: "NotRequired" },
      ],
    }),
    spec({
      restartPolicy: "Never",
      containers: [container({ resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] })],
    }),
  ],
);

const whole = podsWith(
  [
    spec({ resources: { requests: { cpu: "1" } } }),
    spec({ resources: { limits: { cpu: "1", memory: "1Gi" } } }),
    spec({ resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } } }),
    spec({
      resources: { limits: { memory: "1Gi" } },
      containers: [container({ resources: { limits: { memory: "1Mi" } } })],
    }),
    spec({
      resourceClaims: [{ name: "c", resourceClaimName: "d" }],
      containers: [container({ resources: { claims: [{ name: "c" }] } })],
    }),
  ],
  [
    spec({ resources: { requests: { disk: "1" } } }),
    spec({ resources: { requests: { "ephemeral-storage": "1" } } }),
    spec({ resources: { requests: { cpu: "1" }, limits: { cpu: "500m" } } }),
    spec({ resources: { requests: { cpu: "1" } }, containers: [container({ resources: { requests: { cpu: "2" } } })] }),
    spec({ resources: { limits: { cpu: "1" } }, containers: [container({ resources: { limits: { cpu: "2" } } })] }),
    spec({ resources: { claims: [{ name: "c" }] } }),
    spec({ os: { name: "windows" }, resources: { requests: { cpu: "1" } } }),
    spec({ resourceClaims: [{ name: "" }] }),
    spec({ resourceClaims: [{ name: "c", resourceClaimName: "D", resourceClaimTemplateName: "e" }] }),
    spec({
      resourceClaims: [
        { name: "c", resourceClaimName: "d" },
        { name: "c", resourceClaimName: "d" },
      ],
    }),
    spec({
      resourceClaims: [{ name: "c", resourceClaimName: "d" }],
      containers: [container({ resources: { claims: [{ name: "e" }, { name: "c" }, { name: "c" }] } })],
    }),
  ],
);

const contexts = podsWith(
  [
    secure({ runAsUser: 0, runAsGroup: 1, runAsNonRoot: true, readOnlyRootFilesystem: true }),
    secure({ privileged: true }),
    secure({ capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } }),
    secure({ seccompProfile: { type: "RuntimeDefault" } }),
    secure({ seccompProfile: { type: "Localhost", localhostProfile: "a/b.json" } }),
    secure({ appArmorProfile: { type: "Unconfined" } }),
    secure({ allowPrivilegeEscalation: false }),
    secure({ procMount: "Default" }),
    spec({ hostUsers: false, containers: [container({ securityContext: { procMount: "Unmasked" } })] }),
  ],
  [
    secure({ runAsUser: -1 }),
    secure({ runAsGroup: 3_000_000_000 }),
    secure({ procMount: "Nonsense" }),
    secure({ procMount: "Unmasked" }),
    secure({ seccompProfile: {} }),
    secure({ seccompProfile: { type: "Nonsense" } }),
    secure({ seccompProfile: { type: "Localhost" } }),
    secure({ seccompProfile: { type: "Localhost", localhostProfile: "/a/.." } }),
    secure({ seccompProfile: { type: "Unconfined", localhostProfile: "a" } }),
    secure({ appArmorProfile: { type: "Localhost", localhostProfile: " a" } }),
    secure({ appArmorProfile: { type: "Localhost", localhostProfile: "" } }),
    secure({ appArmorProfile: { type: "RuntimeDefault", localhostProfile: "a" } }),
    secure({ appArmorProfile: { type: "Nonsense" } }),
    secure({ allowPrivilegeEscalation: false, privileged: true }),
    secure({ allowPrivilegeEscalation: false, capabilities: { add: ["CAP_SYS_ADMIN"] } }),
    secure({ windowsOptions: { runAsUserName: "" } }),
    secure({ windowsOptions: { gmsaCredentialSpecName: "A", runAsUserName: "a\\b\\c" } }),
  ],
);

const podContexts = podsWith(
  [
    podSecure({ runAsUser: 1, fsGroup: 2, supplementalGroups: [3, 4] }),
    podSecure({ fsGroupChangePolicy: "OnRootMismatch", supplementalGroupsPolicy: "Strict" }),
    podSecure({ sysctls: [{ name: "net.core.somaxconn", value: "1" }] }),
    podSecure({ seLinuxOptions: { level: "s0" }, seLinuxChangePolicy: "Recursive" }),
    podSecure({}, { shareProcessNamespace: true }),
    podSecure({}, { hostPID: true, hostIPC: true }),
    podSecure({}, { hostUsers: false }),
    podSecure({}, { os: { name: "linux" } }),
    podSecure({}, { os: { name: "windows" } }),
    podSecure({ windowsOptions: { runAsUserName: "a\\b" } }),
  ],
  [
    podSecure({ runAsUser: -1, fsGroup: -2, supplementalGroups: [3, -4] }),
    podSecure({ fsGroupChangePolicy: "Never" }),
    podSecure({ supplementalGroupsPolicy: "Never", seLinuxChangePolicy: "Never" }),
    podSecure({ sysctls: [{ name: "", value: "1" }] }),
    podSecure({ sysctls: [{ name: "A B", value: "1" }] }),
    podSecure({
      sysctls: [
        { name: "a.b", value: "1" },
        { name: "a.b", value: "2" },
      ],
    }),
    podSecure({ sysctls: [{ name: "net.core.somaxconn", value: "1" }] }, { hostNetwork: true }),
    podSecure({ sysctls: [{ name: "kernel.shmmax", value: "1" }] }, { hostIPC: true }),
    podSecure({}, { shareProcessNamespace: true, hostPID: true }),
    podSecure({}, { hostUsers: false, hostNetwork: true, hostPID: true }),
    podSecure({}, { os: { name: "plan9" } }),
    podSecure({}, { os: {} }),
    podSecure({ runAsUser: 1, fsGroup: 2 }, { os: { name: "windows" }, hostIPC: true }),
    podSecure({ windowsOptions: { runAsUserName: "a" } }, { os: { name: "linux" } }),
    podSecure({ windowsOptions: { hostProcess: true } }),
    spec({ os: { name: "windows" }, containers: [container({ securityContext: { privileged: true, runAsUser: 1 } })] }),
  ],
);

/** As whom and with how much pods run. */
export const runningCells: Readonly<Record<string, Sequence>> = {
  "pods: resources": creations(amounts, { right: 4, wrong: 4 }),
  "pods: resources of the whole": creations(whole),
  "pods: security contexts of containers": creations(contexts),
  "pods: security contexts": creations(podContexts),
};
