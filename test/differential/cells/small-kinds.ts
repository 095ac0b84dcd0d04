import { pick, some } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations } from "../kinds.ts";

const priority = { path: "/apis/scheduling.k8s.io/v1/priorityclasses", object: { value: 100 } };
const runtime = { path: "/apis/node.k8s.io/v1/runtimeclasses", object: { handler: "runc" } };
const lease = { path: "/apis/coordination.k8s.io/v1/NAMESPACE/leases", object: { spec: { holderIdentity: "a" } } };
const candidate = {
  path: "/apis/coordination.k8s.io/v1beta1/NAMESPACE/leasecandidates",
  object: {
    spec: {
      leaseName: "a",
      binaryVersion: "1.30.0",
      emulationVersion: "1.29.0",
      strategy: "OldestEmulationVersion",
    },
  },
};
const spec = (fields: object): { spec: object } => ({ spec: fields });
const labelled = { metadata: { labels: { a: "b" } } };
const unversioned = { metadata: { resourceVersion: null } };
const tolerations = (...list: object[]): { scheduling: object } => ({ scheduling: { tolerations: list } });

const rightRuntimes = [
  { overhead: { podFixed: { cpu: "100m", memory: "1Gi" } } },
  { scheduling: { nodeSelector: { disk: "fast" } } },
  { scheduling: { nodeSelector: { "beta.kubernetes.io/os": "linux" } } },
  tolerations({ key: "a", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5 }),
  labelled,
];
const wrongRuntimes = [
  { handler: "" },
  { handler: "Not_A_Handler" },
  { overhead: { podFixed: { disk: "1" } } },
  { overhead: { podFixed: { cpu: "-1" } } },
  { scheduling: { nodeSelector: { disk: "-" } } },
  tolerations({ operator: "Equal" }),
  tolerations({ key: "a", operator: "Near" }),
  tolerations({ key: "a", value: "b", effect: "Never" }),
  tolerations({ key: "a", operator: "Exists" }, { key: "a", operator: "Exists" }),
];

const rightLeases = [
  spec({ leaseDurationSeconds: 15 }),
  spec({ leaseTransitions: 0 }),
  spec({ renewTime: "2026-01-01T00:00:00.000001Z", acquireTime: "2026-01-01T00:00:00Z" }),
  spec({ holderIdentity: "" }),
  labelled,
];
const wrongLeases = [
  spec({ leaseDurationSeconds: 0 }),
  spec({ leaseDurationSeconds: -5, leaseTransitions: -1 }),
  spec({ leaseTransitions: -1 }),
];

const wrongCandidates = [
  spec({ leaseName: "" }),
  spec({ binaryVersion: "" }),
  spec({ binaryVersion: "1.30" }),
  spec({ binaryVersion: "1.28.0" }),
  spec({ emulationVersion: "v1" }),
  spec({ emulationVersion: "" }),
  spec({ strategy: "" }),
  spec({ strategy: "Nonsense" }),
  spec({ strategy: "-/-" }),
];

/** Fields of an event, by its group, that are right or wrong. */
const wrongEvents = [
  { type: "Nonsense" },
  { reportingController: "", reportingComponent: "" },
  { reportingController: "-", reportingComponent: "-" },
  { reportingInstance: "" },
  { action: "" },
  { action: "a".repeat(129) },
  { reason: "" },
  { reason: "a".repeat(129), reportingInstance: "a".repeat(129) },
  { note: "a".repeat(1025), message: "a".repeat(1025) },
  { series: { count: 1 } },
  { series: { lastObservedTime: "2026-01-01T00:00:00.000000Z" } },
  { regarding: { kind: "Pod", name: "a" }, involvedObject: { kind: "Pod", name: "a" } },
  {
    regarding: { kind: "Pod", namespace: "other" },
    involvedObject: { kind: "Pod", namespace: "other" },
    eventTime: null,
  },
  { eventTime: null },
  { deprecatedCount: 2, count: 2 },
  { deprecatedSource: { host: "a" }, source: { host: "a" } },
  { deprecatedFirstTimestamp: "2026-01-01T00:00:00Z", firstTimestamp: "2026-01-01T00:00:00Z" },
];

function eventsOf(group: "" | "events.k8s.io"): Sequence {
  return async ({ send }, chance, namespace) => {
    const base = group === "" ? "/api/v1" : `/apis/${group}/v1`;
    const path = `${base}/namespaces/${namespace}/events`;
    const involved = { kind: "Pod", name: "a", namespace };
    const body = {
      metadata: { name: "a" },
      eventTime: "2026-01-01T00:00:00.123456Z",
      reportingInstance: "one",
      action: "Start",
      reason: "Started",
      type: pick(chance, ["Normal", "Warning"]),
      ...(group === ""
        ? { involvedObject: involved, reportingComponent: "example.com/a", message: "It is." }
        : { regarding: involved, reportingController: "example.com/a", note: "It is." }),
    };
    await send({ method: "POST", path, body });
    for (const change of some(chance, wrongEvents, 4))
      await send({ method: "POST", path, body: { ...body, metadata: { name: "b" }, ...change } });
    const merge = "application/merge-patch+json";
    const right = [
      labelled,
      { series: { count: 2, lastObservedTime: "2026-01-01T00:00:01.000000Z" } },
      { eventTime: "2026-01-01T01:00:00.123456+01:00" },
    ];
    const wrong = [
      ...wrongEvents,
      { related: { kind: "Node", name: "n" } },
      { eventTime: "2026-01-01T00:00:05.000000Z" },
    ];
    for (const change of some(chance, right, 2))
      await send({ method: "PATCH", path: `${path}/a`, contentType: merge, body: change });
    for (const change of some(chance, wrong, 3))
      await send({ method: "PATCH", path: `${path}/a`, contentType: merge, body: change });
    await send({ method: "PUT", path: `${path}/c`, body: { ...body, metadata: { name: "c" } } });
    await send({ method: "GET", path: `${path}/missing` });
    await send({ method: "DELETE", path: `${path}/a` });
  };
}

/** Kinds with few rules. */
export const smallKinds: Readonly<Record<string, Sequence>> = {
  "priority classes: all": async (player, chance, namespace) => {
    const right = [{ description: "a", value: -5 }, { preemptionPolicy: "Never" }, { value: 1_000_000_000 }, labelled];
    const wrong = [
      { value: 1_000_000_001 },
      { metadata: { name: "system-other" } },
      { metadata: { name: "system-node-critical" } },
      { preemptionPolicy: "Sometimes" },
    ];
    await creations({ ...priority, right, wrong }, { right: 2, wrong: 2 })(player, chance, namespace);
    const changed = { right: [{ description: "b" }, labelled], wrong: [{ value: 5 }, { preemptionPolicy: "Never" }] };
    await changes({ ...priority, ...changed }, { right: 1, wrong: 2 })(player, chance, namespace);
  },
  "runtime classes: new ones": creations({ ...runtime, right: rightRuntimes, wrong: wrongRuntimes }),
  "runtime classes: changes": changes({
    ...runtime,
    right: rightRuntimes,
    wrong: [...wrongRuntimes, { handler: "other" }, unversioned],
  }),
  "leases: new ones": creations({
    ...lease,
    // A feature that is off: what is sent falls away.
    right: [...rightLeases, spec({ strategy: "Nonsense", preferredHolder: "a" })],
    wrong: wrongLeases,
  }),
  "leases: changes": changes({ ...lease, right: rightLeases, wrong: [...wrongLeases, unversioned] }),
  "leases: made by updates": async ({ send }, chance, namespace) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    const body = { metadata: { name: "a" }, spec: { holderIdentity: pick(chance, ["a", "b"]) } };
    await send({ method: "PUT", path: `${path}/a`, body });
    await send({ method: "PUT", path: `${path}/a`, body });
    const wrong = pick(chance, wrongLeases);
    await send({ method: "PUT", path: `${path}/b`, body: { ...body, ...wrong, metadata: { name: "b" } } });
    await send({ method: "PUT", path: `${path}/b`, body });
    const uid = "00000000-0000-0000-0000-000000000000";
    await send({ method: "PUT", path: `${path}/c`, body: { ...body, metadata: { name: "c", uid } } });
    await send({ method: "PUT", path: `${path}/d?dryRun=All`, body: { ...body, metadata: { name: "d" } } });
    await send({ method: "GET", path });
  },
  "lease candidates: all": async (player, chance, namespace) => {
    const right = [labelled, spec({ pingTime: "2026-01-01T00:00:00.000000Z" }), spec({ strategy: "example.com/a" })];
    await creations({ ...candidate, right, wrong: wrongCandidates }, { right: 1, wrong: 2 })(player, chance, namespace);
    const wrong = [...wrongCandidates, spec({ leaseName: "b" }), unversioned];
    await changes({ ...candidate, right, wrong }, { right: 2, wrong: 2 })(player, chance, namespace);
  },
  "events: of the core group": eventsOf(""),
  "events: of their own group": eventsOf("events.k8s.io"),
};
