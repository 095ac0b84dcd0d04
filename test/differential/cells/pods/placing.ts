import type { Sequence } from "../../exchange.ts";
import { creations } from "../../kinds.ts";
import { container, type Fields, only, podsWith, spec } from "./bases.ts";

const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
const node = (nodeAffinity: Fields): Fields => spec({ affinity: { nodeAffinity } });
const nodeTerm = (term: Fields): Fields => node({ [required]: { nodeSelectorTerms: [term] } });
const expression = (key: string, operator: string, ...values: readonly string[]): Fields =>
  nodeTerm({ matchExpressions: [{ key, operator, values }] });
const beside = (term: Fields, field = "podAffinity"): Fields => spec({ affinity: { [field]: { [required]: [term] } } });
const selecting = { labelSelector: { matchLabels: { a: "b" } }, topologyKey: "zone" };
const bear = (...tolerations: readonly unknown[]): Fields => spec({ tolerations });
const spread = (...topologySpreadConstraints: readonly Fields[]): Fields =>
  spec({ topologySpreadConstraints: topologySpreadConstraints.map((one) => ({ ...even, ...one })) });
const even = {
  maxSkew: 1,
  topologyKey: "zone",
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: { matchLabels: { a: "b" } },
};

const nodes = podsWith(
  [
    spec({ nodeSelector: { disk: "fast" } }),
    expression("a", "In", "b", "c"),
    expression("a", "Exists"),
    expression("a", "Gt", "5"),
    nodeTerm({ matchFields: [{ key: "metadata.name", operator: "In", values: ["n"] }] }),
    node({
      [preferred]: [{ weight: 1, preference: { matchExpressions: [{ key: "a", operator: "NotIn", values: ["-"] }] } }],
    }),
    spec({ nodeName: "n" }),
    spec({ nodeSelector: { "beta.kubernetes.io/os": "linux" } }),
    expression("beta.kubernetes.io/arch", "Exists"),
  ],
  [
    spec({ nodeSelector: { "-": "a" } }),
    spec({ nodeSelector: { a: "-" } }),
    node({ [required]: { nodeSelectorTerms: [] } }),
    expression("a", "In"),
    expression("a", "Exists", "b"),
    expression("a", "Near", "b"),
    expression("a", "Lt", "1", "2"),
    expression("-", "In", "-"),
    nodeTerm({ matchFields: [{ key: "metadata.name", operator: "Exists" }] }),
    nodeTerm({ matchFields: [{ key: "spec.name", operator: "In", values: ["a", "b"] }] }),
    nodeTerm({ matchFields: [{ key: "metadata.name", operator: "In", values: ["N"] }] }),
    node({ [preferred]: [{ weight: 0, preference: {} }] }),
    node({ [preferred]: [{ weight: 101, preference: { matchExpressions: [{ key: "a", operator: "In" }] } }] }),
    spec({ nodeName: "N" }),
  ],
);

const neighbours = podsWith(
  [
    beside(selecting),
    beside(selecting, "podAntiAffinity"),
    beside({ topologyKey: "zone" }),
    beside({ ...selecting, namespaces: ["n"], namespaceSelector: { matchLabels: { c: "d" } } }),
    spec({ affinity: { podAntiAffinity: { [preferred]: [{ weight: 5, podAffinityTerm: selecting }] } } }),
    { metadata: { labels: { v: "1" } }, ...beside({ ...selecting, matchLabelKeys: ["v"] }) },
    { metadata: { labels: { v: "1" } }, ...beside({ ...selecting, mismatchLabelKeys: ["v", "w"] }) },
  ],
  [
    beside({ ...selecting, topologyKey: "" }),
    beside({ ...selecting, topologyKey: "a b" }),
    beside({ ...selecting, namespaces: ["N"] }),
    beside({ ...selecting, labelSelector: { matchLabels: { "-": "a" } } }, "podAntiAffinity"),
    beside({ ...selecting, labelSelector: { matchExpressions: [{ key: "a", operator: "In" }] } }),
    beside({ ...selecting, namespaceSelector: { matchExpressions: [{ key: "a", operator: "Near" }] } }),
    beside({ topologyKey: "zone", matchLabelKeys: ["v"] }),
    beside({ ...selecting, matchLabelKeys: ["v"], mismatchLabelKeys: ["v"] }),
    { metadata: { labels: { a: "1" } }, ...beside({ ...selecting, matchLabelKeys: ["a"] }) },
    spec({ affinity: { podAffinity: { [preferred]: [{ weight: 0, podAffinityTerm: { topologyKey: "" } }] } } }),
  ],
);

const tolerations = podsWith(
  [
    bear({ key: "a", operator: "Exists" }),
    bear({ key: "a", value: "b", effect: "NoSchedule" }),
    bear({ operator: "Exists" }),
    bear({ key: "a", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5 }),
    bear({ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" }),
    bear({ key: "node.kubernetes.io/unreachable", operator: "Exists" }),
  ],
  [
    bear({}),
    bear({ key: "-", operator: "Exists" }),
    bear({ key: "a", operator: "Exists", value: "b" }),
    bear({ key: "a", value: "-" }),
    bear({ key: "a", operator: "Near" }),
    bear({ key: "a", operator: "Gt", value: "5" }),
    bear({ key: "a", effect: "Nonsense" }),
    bear({ key: "a", effect: "NoSchedule", tolerationSeconds: 5 }),
  ],
);

const evenly = podsWith(
  [
    spread({}),
    spread({ labelSelector: null }),
    spread({ whenUnsatisfiable: "ScheduleAnyway" }),
    spread({ minDomains: 2, nodeAffinityPolicy: "Ignore", nodeTaintsPolicy: "Honor" }),
    spread({}, { topologyKey: "host" }),
    { metadata: { labels: { v: "1" } }, ...spread({ matchLabelKeys: ["v"] }) },
    spread({ topologyKey: "failure-domain.beta.kubernetes.io/zone" }),
  ],
  [
    spread({ maxSkew: 0 }),
    spread({ topologyKey: "" }),
    spread({ whenUnsatisfiable: "Nonsense" }),
    spread({}, {}),
    spread({ minDomains: 0 }),
    spread({ minDomains: 2, whenUnsatisfiable: "ScheduleAnyway" }),
    spread({ nodeAffinityPolicy: "Nonsense", nodeTaintsPolicy: "Nonsense" }),
    spread({ labelSelector: { matchLabels: { a: "-" } } }),
    spread({ labelSelector: null, matchLabelKeys: ["v"] }),
    { metadata: { labels: { a: "1" } }, ...spread({ matchLabelKeys: ["a"] }) },
  ],
);

const scheduling = podsWith(
  [
    spec({ priorityClassName: "system-node-critical" }),
    spec({ priority: 0 }),
    spec({ preemptionPolicy: "PreemptLowerPriority" }),
    spec({ schedulingGates: [{ name: "example.com/a" }] }),
    spec({ readinessGates: [{ conditionType: "example.com/a" }] }),
    spec({ schedulerName: "other" }),
    spec({ activeDeadlineSeconds: 5, terminationGracePeriodSeconds: 0 }),
    spec({ terminationGracePeriodSeconds: -1 }),
    spec({ enableServiceLinks: false, setHostnameAsFQDN: true }),
  ],
  [
    spec({ priorityClassName: "none" }),
    spec({ priorityClassName: "None" }),
    spec({ priority: 5 }),
    spec({ preemptionPolicy: "Never" }),
    spec({ preemptionPolicy: "Nonsense" }),
    spec({ schedulingGates: [{ name: "a b" }] }),
    spec({ schedulingGates: [{ name: "a" }, { name: "a" }] }),
    spec({ schedulingGates: [{ name: "a" }], nodeName: "n" }),
    spec({ readinessGates: [{ conditionType: "" }] }),
    spec({ runtimeClassName: "none" }),
    spec({ runtimeClassName: "None" }),
    spec({ overhead: { cpu: "1" } }),
    spec({ activeDeadlineSeconds: 0 }),
    spec({ activeDeadlineSeconds: 3_000_000_000 }),
    spec({ serviceAccountName: "none" }),
  ],
);

const hosts = podsWith(
  [
    spec({ hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }),
    spec({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 80 }] })] }),
    spec({ hostAliases: [{ ip: "1.2.3.4", hostnames: ["a.b"] }] }),
    spec({ hostAliases: [{ ip: "1.2.3.4" }, { ip: "1.2.3.4" }] }),
    spec({ hostAliases: [{ ip: "FE80:0:0:0:0:0:0:0abc" }] }),
    spec({ hostname: "h", subdomain: "s" }),
    spec({ hostnameOverride: "h.example.com" }),
    spec({ dnsPolicy: "None", dnsConfig: { nameservers: ["1.2.3.4"] } }),
    spec({ dnsConfig: { searches: ["a.b.", ".", "_a.b"], options: [{ name: "ndots", value: "2" }] } }),
    spec({ dnsConfig: { nameservers: ["2001:0db8::1"] } }),
  ],
  [
    spec({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 80, hostPort: 81 }] })] }),
    spec({ hostAliases: [{ ip: "1.2.3" }] }),
    spec({ hostAliases: [{ ip: "01.2.3.4", hostnames: ["A"] }] }),
    spec({ hostAliases: [{ ip: "::ffff:1.2.3.4" }] }),
    spec({ hostname: "H", subdomain: "s.t" }),
    spec({ hostnameOverride: "H".repeat(65) }),
    spec({ hostnameOverride: "h", setHostnameAsFQDN: true, hostNetwork: true }),
    spec({ dnsPolicy: "Nonsense" }),
    spec({ dnsPolicy: "None" }),
    spec({ dnsPolicy: "None", dnsConfig: {} }),
    spec({ dnsConfig: { nameservers: ["a", "1.1.1.1", "2.2.2.2", "3.3.3.3"] } }),
    spec({ dnsConfig: { searches: ["a b"], options: [{ value: "2" }] } }),
    only({ ports: [{ containerPort: 80, hostIP: "a" }] }),
  ],
);

/** Where pods run, and how they are found. */
export const placingCells: Readonly<Record<string, Sequence>> = {
  "pods: nodes": creations(nodes),
  "pods: neighbours": creations(neighbours),
  "pods: tolerations": creations(tolerations),
  "pods: spread": creations(evenly),
  "pods: scheduling": creations(scheduling),
  "pods: hosts and names": creations(hosts),
};
