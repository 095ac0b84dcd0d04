import { pick } from "../../chance.ts";
import type { Player, Sequence } from "../../exchange.ts";
import { creations } from "../../kinds.ts";
import { container, type Fields, podsWith, spec } from "./bases.ts";

const plain = { automountServiceAccountToken: false, containers: [container()] };
const merge = "application/merge-patch+json";

/** Makes a pod, perhaps on a node. */
async function makePod(
  { send }: Pick<Player, "send">,
  namespace: string,
  name: string,
  more: Fields = {},
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const metadata = { name, labels: { app: "a" } };
  await send({ method: "POST", path, body: { metadata, spec: { ...plain, ...more } } });
  return `${path}/${name}`;
}

const binding: Sequence = async ({ send }, chance, namespace) => {
  const pod = await makePod({ send }, namespace, "p", pick(chance, [{}, {}, { schedulingGates: [{ name: "g" }] }]));
  const bind = (body: object, path = `${pod}/binding`): Promise<unknown> => send({ method: "POST", path, body });
  const target = { kind: "Node", name: `node-${Math.floor(chance() * 1e6)}` };
  await bind({ metadata: { name: "other" }, target });
  await bind(
    pick(chance, [
      { metadata: { name: "p" }, target: { kind: "Pod", name: "n" } },
      { metadata: { name: "p" }, target: {} },
    ]),
  );
  await bind({ metadata: { name: "none" }, target }, pod.replace(/\/p$/, "/none/binding"));
  await bind({ metadata: { name: "p", ...pick(chance, [{ uid: "x" }, { resourceVersion: "1" }]) }, target });
  await bind({ metadata: { name: "p" }, target }, `${pod}/binding?dryRun=All`);
  const metadata = { name: "p", ...pick(chance, [{}, { labels: { l: "m" } }, { annotations: { b: "c" } }]) };
  await bind({ metadata, target }, pick(chance, [`${pod}/binding`, `/api/v1/namespaces/${namespace}/bindings`]));
  await send({ method: "GET", path: pod });
  await bind({ metadata: { name: "p" }, target });
  await send({ method: "DELETE", path: pod });
  await bind({ metadata: { name: "p" }, target });
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=0` });
};

/** A node has labels that its pods get. */
const topology: Sequence = async ({ send }, chance, namespace) => {
  const node = `node-${Math.floor(chance() * 1e9).toString(36)}`;
  const zone = { "topology.kubernetes.io/zone": "z", "topology.kubernetes.io/region": "r", other: "o" };
  await send({ method: "POST", path: "/api/v1/nodes", body: { metadata: { name: node, labels: zone } } });
  const early = await makePod({ send }, namespace, "early", { nodeName: node });
  const late = await makePod({ send }, namespace, "late");
  await send({
    method: "POST",
    path: `${late}/binding`,
    body: { metadata: { name: "late" }, target: { kind: "Node", name: node } },
  });
  await send({
    method: "POST",
    path: `${late}/binding`,
    body: { metadata: { name: "late" }, target: { kind: "Node", name: node } },
  });
  await send({ method: "GET", path: late });
  for (const path of [early, late, early]) await send({ method: "DELETE", path: `${path}?gracePeriodSeconds=0` });
  await send({ method: "POST", path: `${late}/binding`, body: { metadata: { name: "late" }, target: {} } });
  await send({ method: "DELETE", path: `/api/v1/nodes/${node}` });
};

const eviction: Sequence = async ({ send }, chance, namespace) => {
  const pod = await makePod({ send }, namespace, "p", pick(chance, [{}, { nodeName: "n" }]));
  const evict = (body: object, path = `${pod}/eviction`): Promise<unknown> => send({ method: "POST", path, body });
  await evict({ metadata: { name: "other" } });
  await evict({ metadata: { name: "none" } }, pod.replace(/\/p$/, "/none/eviction"));
  await evict({ metadata: { name: "p" } }, `${pod}/eviction?dryRun=All`);
  await evict({
    metadata: { name: "p" },
    deleteOptions: { preconditions: pick(chance, [{ uid: "x" }, { resourceVersion: "1" }]) },
  });
  await evict({ metadata: { name: "p" }, deleteOptions: { dryRun: ["All"] } });
  await send({ method: "GET", path: pod });
  await evict({
    metadata: { name: "p" },
    ...pick(chance, [{}, { deleteOptions: { gracePeriodSeconds: 5 } }, { kind: "Eviction", apiVersion: "policy/v1" }]),
  });
  await send({ method: "GET", path: pod });
  await evict({ metadata: { name: "p" } });
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=0` });
};

/** Evictions that budgets allow, or not. */
const budgets: Sequence = async ({ send }, chance, namespace) => {
  const pod = await makePod({ send }, namespace, "p", { nodeName: "n" });
  const ready = { type: "Ready", status: pick(chance, ["True", "False"]) };
  await send({
    method: "PATCH",
    path: `${pod}/status`,
    contentType: merge,
    body: { status: { phase: "Running", conditions: [ready] } },
  });
  const path = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
  const more = pick(chance, [{}, { unhealthyPodEvictionPolicy: "AlwaysAllow" }]);
  const budget = { minAvailable: 1, selector: { matchLabels: { app: pick(chance, ["a", "a", "a", "b"]) } }, ...more };
  await send({ method: "POST", path, body: { metadata: { name: "b" }, spec: budget } });
  const evict = { method: "POST", path: `${pod}/eviction`, body: { metadata: { name: "p" } } } as const;
  if (chance() < 0.3) await send(evict);
  const conditions = pick(chance, [
    [],
    [
      {
        type: "DisruptionAllowed",
        status: "False",
        reason: "SyncFailed",
        message: "no",
        lastTransitionTime: "2026-01-01T00:00:00Z",
      },
    ],
    [
      {
        type: "DisruptionAllowed",
        status: "False",
        reason: "Other",
        message: "why",
        lastTransitionTime: "2026-01-01T00:00:00Z",
      },
    ],
  ]);
  const healthy = pick(chance, [0, 1, 2]);
  const status = (disruptionsAllowed: number): object => ({
    status: {
      observedGeneration: 1,
      disruptionsAllowed,
      currentHealthy: healthy,
      desiredHealthy: 1,
      expectedPods: 1,
      conditions,
    },
  });
  const report = (allowed: number): Promise<unknown> =>
    send({ method: "PATCH", path: `${path}/b/status`, contentType: merge, body: status(allowed) });
  await report(0);
  await send(evict);
  await send({ ...evict, path: `${pod}/eviction?dryRun=All` });
  await report(pick(chance, [1, 2]));
  await send({ ...evict, path: `${pod}/eviction?dryRun=All` });
  await send(evict);
  await send({ method: "GET", path: `${path}/b` });
  await send({ method: "GET", path: pod });
  if (chance() < 0.5) await send({ method: "POST", path, body: { metadata: { name: "c" }, spec: budget } });
  await send(evict);
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=0` });
};

/** Pods end with grace when a node has them. */
const endings: Sequence = async ({ send, watch }, chance, namespace) => {
  const seconds = pick(chance, [30, 60, 0]);
  const pod = await makePod({ send }, namespace, "p", {
    terminationGracePeriodSeconds: seconds,
    ...pick(chance, [{ nodeName: "n" }, { nodeName: "n" }, {}]),
  });
  const watching = await watch({ path: `/api/v1/namespaces/${namespace}/pods?watch=true` });
  await watching.next(1);
  if (chance() < 0.3) {
    const phase = pick(chance, ["Succeeded", "Failed", "Running"]);
    await send({ method: "PATCH", path: `${pod}/status`, contentType: merge, body: { status: { phase } } });
    await watching.next(1);
  }
  await send({ method: "DELETE", path: `${pod}?dryRun=All` });
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=${pick(chance, [20, 10, -1])}` });
  await send({ method: "DELETE", path: pod, body: { preconditions: { uid: "other" } } });
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=40` });
  await send({
    method: "PATCH",
    path: pod,
    contentType: merge,
    body: { metadata: { labels: { late: "yes" }, finalizers: pick(chance, [null, ["example.com/a"]]) } },
  });
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=${pick(chance, [5, 0])}` });
  await send({ method: "DELETE", path: `${pod}?gracePeriodSeconds=0` });
  await send({ method: "GET", path: pod });
  await watching.next(3);
  watching.close();
};

/** A pod's account, and what it brings along. */
const accounts: Sequence = async ({ send }, chance, namespace) => {
  const path = `/api/v1/namespaces/${namespace}`;
  const automountServiceAccountToken = pick(chance, [true, false, undefined]);
  const account = { metadata: { name: "own" }, imagePullSecrets: [{ name: "s" }], automountServiceAccountToken };
  await send({ method: "POST", path: `${path}/serviceaccounts`, body: account });
  const mounted = { volumeMounts: [{ name: "v", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }] };
  const make = (name: string, more: Fields): Promise<unknown> =>
    send({
      method: "POST",
      path: `${path}/pods`,
      body: { metadata: { name }, spec: { containers: [container()], ...more } },
    });
  await make("a", {});
  await make("b", { serviceAccountName: "own" });
  await make("c", { serviceAccountName: "own", automountServiceAccountToken: true, imagePullSecrets: [{ name: "t" }] });
  await make("d", {
    initContainers: [container({ name: "first" })],
    containers: [container(mounted)],
    volumes: [{ name: "v", emptyDir: {} }],
  });
  await make("e", { serviceAccount: "own" });
  await make("f", { serviceAccountName: "none" });
  await make("g", { serviceAccountName: "None" });
  const annotations = { "kubernetes.io/config.mirror": "m" };
  const wrong = pick(chance, [
    { serviceAccountName: "own" },
    { volumes: [{ name: "v", secret: { secretName: "s" } }] },
    { volumes: [{ name: "v", projected: { sources: [{ serviceAccountToken: { path: "t" } }] } }] },
    {},
  ]);
  await send({
    method: "POST",
    path: `${path}/pods`,
    body: { metadata: { name: "h", annotations }, spec: { ...plain, ...wrong } },
  });
  await send({
    method: "POST",
    path: `${path}/pods`,
    body: { metadata: { generateName: "i-" }, spec: { ...plain, serviceAccountName: "none" } },
  });
};

const warned = podsWith(
  [
    spec({
      containers: [
        container({
          env: [
            { name: "A", value: "1" },
            { name: "A", value: "2" },
          ],
        }),
      ],
    }),
    spec({
      containers: [
        container({
          env: [
            { name: "A", value: "1" },
            { name: "A", value: "$(A)2" },
          ],
        }),
      ],
    }),
    spec({ containers: [container({ ports: [{ containerPort: 80 }, { containerPort: 80 }] })] }),
    spec({ containers: [container({ ports: [{ containerPort: 80, hostPort: 1 }, { containerPort: 80 }] })] }),
    spec({
      containers: [
        container({
          ports: [
            { containerPort: 80, hostPort: 1, hostIP: "1.1.1.1" },
            { containerPort: 80, hostPort: 1 },
          ],
        }),
      ],
    }),
    spec({ containers: [container({ ports: [{ containerPort: 80, hostIP: "1.1.1.1" }] })] }),
    spec({
      containers: [
        container({ ports: [{ containerPort: 1, name: "x" }] }),
        container({ name: "c", ports: [{ containerPort: 2, name: "x" }] }),
      ],
    }),
    spec({ containers: [container({ resources: { limits: { memory: "1500m" } } })] }),
    spec({ imagePullSecrets: [{ name: "s" }, { name: "s" }, { name: "" }] }),
    { metadata: { annotations: { "scheduler.alpha.kubernetes.io/critical-pod": "" } } },
    { metadata: { annotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" } } },
    { metadata: { annotations: { "container.seccomp.security.alpha.kubernetes.io/a": "unconfined" } } },
    { metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/a": "runtime/default" } } },
    { metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/a": "localhost/x" } } },
    { metadata: { name: "dotted.name" } },
    spec({ unknown: 5 }),
  ],
  [
    { metadata: { annotations: { "seccomp.security.alpha.kubernetes.io/pod": "nonsense" } } },
    { metadata: { annotations: { "container.seccomp.security.alpha.kubernetes.io/a": "localhost/../x" } } },
    { metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/none": "nonsense" } } },
    { metadata: { annotations: { "controller.kubernetes.io/pod-deletion-cost": "+5" } } },
    { metadata: { annotations: { "scheduler.alpha.kubernetes.io/tolerations": '[{"key":"-"}]' } } },
    {
      metadata: { annotations: { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" } },
      spec: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
    },
    {
      metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/a": "unconfined" } },
      spec: { securityContext: { appArmorProfile: { type: "RuntimeDefault" } } },
    },
    { metadata: { annotations: { "kubernetes.io/config.mirror": "a" } } },
  ],
);

/** How pods begin and end. */
export const lifeCells: Readonly<Record<string, Sequence>> = {
  "pods: bindings": binding,
  "pods: topology": topology,
  "pods: evictions": eviction,
  "pods: budgets": budgets,
  "pods: endings": endings,
  "pods: accounts": accounts,
  "pods: warnings and annotations": creations(warned, { right: 4, wrong: 3 }),
};
