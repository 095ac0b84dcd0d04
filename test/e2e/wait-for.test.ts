import {
  type Cluster,
  connect,
  type Interceptor,
  isNotFound,
  type KubernetesObject,
  type Stored,
  waitFor,
  type WaitError,
  type WaitOptions,
  type WaitTimeoutError,
  type WaitUntil,
} from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { BatchV1 } from "kubewright/batch/v1";
import { CoreV1, type Pod, type PodSpec } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { kubectl } from "../controlplane/kubectl.ts";
import { succeeds } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "wait-test" });
const own = ownNamespace(held);
const core = () => held.cluster.api(CoreV1);
const apps = () => held.cluster.api(AppsV1);
const pods = () => core().pods.in(own.namespace);
const jobs = () => held.cluster.api(BatchV1).jobs.in(own.namespace);

const left = () => core().configMaps.in(`${own.namespace}-left`);

beforeAll(async () => {
  // Early: the server looks into a namespace only five seconds after its deletion.
  const name = `${own.namespace}-left`;
  await core().namespaces.create({ metadata: { name } });
  await left().create({ metadata: { name: "held", finalizers: ["example.com/tidy-up"] } });
  await core().namespaces.delete(name);
  await waitFor(core().serviceAccounts.in(own.namespace), "default", () => true);
});

const spec = (script: string, more: Partial<PodSpec> = {}): PodSpec => ({
  containers: [{ name: "main", image: "local", command: ["sh", "-c", script] }],
  terminationGracePeriodSeconds: 0,
  ...more,
});
const template = (name: string, more: Partial<PodSpec> = {}) => ({
  metadata: { labels: { app: name } },
  spec: spec("sleep 1000", more),
});
/** What begins to run, even to fail, is ready for a moment; with this it never is. */
const neverReady = [{ ...spec("sleep 1000").containers[0]!, readinessProbe: { exec: { command: ["false"] } } }];
const selector = (name: string) => ({ matchLabels: { app: name } });

/** The error of a wait that must not succeed. */
async function failureOf<E extends Error>(waits: Promise<unknown>): Promise<E> {
  return waits.then(
    (value) => expect.fail(`it gave ${JSON.stringify(value)}`),
    (error: unknown) => error as E,
  );
}

/** The error of a wait whose time was up after the server had answered, soon where the machine is not busy. */
async function timeoutOf(wait: (options: WaitOptions) => Promise<unknown>): Promise<WaitTimeoutError> {
  for (const timeoutMs of [100, 1000]) {
    const error = await failureOf<WaitTimeoutError>(wait({ timeoutMs }));
    if (error.why !== "the server has not answered") return error;
  }
  return failureOf(wait({ timeoutMs: 10_000 }));
}

interface Workload {
  readonly resource: string;
  create(name: string): Promise<unknown>;
  change(name: string): Promise<unknown>;
  wait(name: string): Promise<Stored<KubernetesObject>>;
}

const newTemplate = { merge: { spec: { template: { metadata: { annotations: { change: "1" } } } } } };

const workloads: readonly Workload[] = [
  {
    resource: "deployment",
    create: (name) =>
      apps()
        .deployments.in(own.namespace)
        .create({ metadata: { name }, spec: { replicas: 2, selector: selector(name), template: template(name) } }),
    change: (name) => apps().deployments.in(own.namespace).patch(name, newTemplate),
    wait: (name) => waitFor(apps().deployments.in(own.namespace), name, "rolledOut"),
  },
  {
    resource: "statefulset",
    create: (name) =>
      apps()
        .statefulSets.in(own.namespace)
        .create({
          metadata: { name },
          spec: { replicas: 2, selector: selector(name), template: template(name), serviceName: name },
        }),
    change: (name) => apps().statefulSets.in(own.namespace).patch(name, newTemplate),
    wait: (name) => waitFor(apps().statefulSets.in(own.namespace), name, "rolledOut"),
  },
  {
    resource: "daemonset",
    create: (name) =>
      apps()
        .daemonSets.in(own.namespace)
        .create({ metadata: { name }, spec: { selector: selector(name), template: template(name) } }),
    change: (name) => apps().daemonSets.in(own.namespace).patch(name, newTemplate),
    wait: (name) => waitFor(apps().daemonSets.in(own.namespace), name, "rolledOut"),
  },
];

test.concurrent.each(workloads)("a $resource is rolled out when kubectl says so, new and changed", async (workload) => {
  const { resource } = workload;
  const name = `rolled-${resource}`;
  const status = (...more: string[]) =>
    kubectl(inject("controlPlane"), ["rollout", "status", `${resource}/${name}`, "-n", own.namespace, ...more]);
  await workload.create(name);
  for (const generation of [1, 2]) {
    if (generation === 2) await workload.change(name);
    const [object] = await Promise.all([workload.wait(name), status()]);
    expect(object).toMatchObject({ metadata: { name, generation }, status: { observedGeneration: generation } });
    expect((await status("--watch=false")).stdout).toMatch(/successfully rolled out|roll out complete/);
  }
});

describe("a pod", () => {
  const crashing = (name: string, more: Partial<PodSpec>) =>
    pods().create({ metadata: { name }, spec: spec("exit 3", more) });
  const reasonOf = ({ status }: Stored<Pod>): string | undefined =>
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])][0]?.state?.waiting?.reason;

  // Together: each takes seconds until it has crashed.
  beforeAll(async () => {
    await crashing("crashes", {});
    const containers = [{ name: "main", image: "local" }];
    await crashing("begins", { containers, initContainers: [{ name: "setup", image: "local", command: ["false"] }] });
    await crashing("ended", { restartPolicy: "Never" });
  });

  test("becomes ready, and gives its state as get does", async () => {
    const waits = waitFor(pods(), "ready", "ready");
    await pods().create({ metadata: { name: "ready" }, spec: spec("sleep 1000") });
    const pod = await waits;
    expect(pod.status.containerStatuses?.[0]?.ready).toBe(true);
    expect(pod.metadata.managedFields?.length).toBeGreaterThan(0);
  });

  test("a function is asked about each state", async () => {
    const pod = await waitFor(pods(), "ready", ({ status }) => status.podIP !== undefined);
    expect(pod.status.podIP).toMatch(/^[\d.]+$/);
  });

  test("a timeout says which container waits, and why", async () => {
    // Again where the container runs once more just then.
    const error = await succeeds(async () => {
      await waitFor(pods(), "crashes", (pod) => reasonOf(pod) === "CrashLoopBackOff");
      const told = await timeoutOf((options) => waitFor(pods(), "crashes", "ready", options));
      expect(told.why).toMatch(/^container main: CrashLoopBackOff/);
      return told;
    });
    expect(error.message).toMatch(
      /^Timeout: Pod "crashes" did not become ready within \d+ ms: container main: CrashLoopBackOff: back-off \d+s restarting failed container.*; its last run ended: Error \(exit code 3\) \(watch \/api\/v1\/namespaces\/test-\w+\/pods\/crashes\)$/,
    );
    expect(error.object?.metadata.name).toBe("crashes");
  });

  test("a timeout says which init container keeps the others waiting", async () => {
    await succeeds(async () => {
      await waitFor(pods(), "begins", (pod) => reasonOf(pod) === "CrashLoopBackOff");
      const error = await timeoutOf((options) => waitFor(pods(), "begins", "ready", options));
      expect(error.why).toMatch(
        /^init container setup: CrashLoopBackOff: [^;]*; its last run ended: Error \(exit code 1\)$/,
      );
    });
  });

  test("a timeout says what the scheduler found", async () => {
    await crashing("homeless", { nodeSelector: { disk: "golden" } });
    await waitFor(pods(), "homeless", { condition: "PodScheduled", status: "False" });
    const error = await timeoutOf((options) => waitFor(pods(), "homeless", "ready", options));
    expect(error.why).toMatch(/^it has no node: Unschedulable: 0\/1 nodes are available: /);
  });

  test("a timeout says which readiness gates are not set", async () => {
    await crashing("gated", {
      containers: spec("sleep 1000").containers,
      readinessGates: [{ conditionType: "example.com/open" }],
    });
    await waitFor(pods(), "gated", { condition: "ContainersReady" });
    const error = await timeoutOf((options) => waitFor(pods(), "gated", "ready", options));
    expect(error.why).toBe("readiness gate example.com/open is not set");
  });

  test("that has ended is not waited for", async () => {
    await waitFor(pods(), "ended", ({ status }) => status.phase === "Failed");
    const error = await failureOf<WaitError>(waitFor(pods(), "ended", "ready"));
    expect(error).toMatchObject({ name: "WaitError", why: "it has failed; container main ended: Error (exit code 3)" });
    expect(error.object).toMatchObject({ status: { phase: "Failed" } });
  });
});

describe("a Deployment", () => {
  const deployments = () => apps().deployments.in(own.namespace);
  const status = (name: string, ...more: string[]) =>
    kubectl(inject("controlPlane"), ["rollout", "status", `deployment/${name}`, "-n", own.namespace, ...more], {
      allowFailure: true,
    });
  const failing = (name: string, more: object = {}, podSpec: Partial<PodSpec> = {}) =>
    deployments().create({
      metadata: { name },
      spec: {
        replicas: 2,
        selector: selector(name),
        template: template(name, { containers: neverReady, ...podSpec }),
        ...more,
      },
    });

  test("a timeout says how many replicas are missing, as kubectl does", async () => {
    await failing("missing");
    await waitFor(deployments(), "missing", (object) => object.status.updatedReplicas === 2);
    const error = await timeoutOf((options) => waitFor(deployments(), "missing", "rolledOut", options));
    expect(error.message).toMatch(/^Timeout: Deployment "missing" did not finish its rollout within \d+ ms: /);
    expect(error.why).toBe("0 of 2 updated replicas are available");
    expect((await status("missing", "--watch=false")).stdout).toContain("0 of 2 updated replicas are available");
  });

  test("a rollout past its deadline is given up, as kubectl does", async () => {
    await failing("late", { progressDeadlineSeconds: 1 });
    const error = await failureOf<WaitError>(waitFor(deployments(), "late", "rolledOut"));
    expect(error.name).toBe("WaitError");
    expect(error.why).toMatch(/^ProgressDeadlineExceeded: ReplicaSet "late-\w+" has timed out progressing\.$/);
    expect((await status("late")).stderr).toContain('deployment "late" exceeded its progress deadline');
  });

  test("a timeout says what keeps pods from being made", async () => {
    await failing("refused", {}, { serviceAccountName: "nobody" });
    await waitFor(deployments(), "refused", { condition: "ReplicaFailure" });
    const error = await timeoutOf((options) => waitFor(deployments(), "refused", "ready", options));
    expect(error.why).toMatch(/^0 of 2 replicas are updated; FailedCreate: pods "refused-\w+-" is forbidden: .*nobody/);
  });
});

describe("a Job", () => {
  beforeAll(async () => {
    await run("works", "true");
    await run("breaks", "exit 1");
  });

  const run = (name: string, script: string) =>
    jobs().create({
      metadata: { name },
      spec: { backoffLimit: 0, template: { spec: spec(script, { restartPolicy: "Never" }) } },
    });

  test("completes", async () => {
    expect(await waitFor(jobs(), "works", "complete")).toMatchObject({ status: { succeeded: 1 } });
    expect(await waitFor(jobs(), "works", "finished")).toMatchObject({ status: { succeeded: 1 } });
    const error = await failureOf<WaitError>(waitFor(jobs(), "works", "failed"));
    expect(error.message).toMatch(/^WaitFailed: Job "works" will not fail: it is complete /);
  });

  test("fails", async () => {
    expect(await waitFor(jobs(), "breaks", "failed")).toMatchObject({ status: { failed: 1 } });
    expect(await waitFor(jobs(), "breaks", "finished")).toMatchObject({ status: { failed: 1 } });
    const error = await failureOf<WaitError>(waitFor(jobs(), "breaks", "complete"));
    expect(error.why).toMatch(/^it has failed: BackoffLimitExceeded: /);
  });
});

describe("deletion", () => {
  const maps = () => core().configMaps.in(own.namespace);

  /** A connection that says when it has read something: of a watch, what comes then follows the state that was there. */
  async function readingCluster(): Promise<{ readonly cluster: Cluster; readonly read: Promise<void> }> {
    let tell = (): void => {};
    const read = new Promise<void>((resolve) => (tell = resolve));
    async function* telling(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        tell();
        yield chunk;
      }
    }
    const interceptor: Interceptor = (next) => async (request) => {
      const response = await next(request);
      return { ...response, body: telling(response.body) };
    };
    const { kubeconfig } = inject("controlPlane").admin;
    return { cluster: await connect({ kubeconfig, interceptors: [interceptor] }), read };
  }

  test("waits for finalizers, and gives the last state", async () => {
    const finalizers = ["example.com/tidy-up"];
    const { metadata } = await maps().create({ metadata: { name: "held", finalizers } });
    await maps().delete("held");
    const error = await timeoutOf((options) => waitFor(maps(), "held", "deleted", options));
    expect(error.message).toMatch(/^Timeout: ConfigMap "held" did not go within \d+ ms: /);
    expect(error.why).toBe("it is being deleted; it waits for its finalizers example.com/tidy-up");
    const { cluster, read } = await readingCluster();
    const waits = waitFor(cluster.api(CoreV1).configMaps.in(own.namespace), "held", "deleted");
    await read;
    await maps().patch("held", { merge: { metadata: { finalizers: null } } });
    expect(await waits).toMatchObject({ metadata: { uid: metadata.uid, name: "held" } });
    await cluster.close();
    expect(await waitFor(maps(), "held", "deleted")).toBeUndefined();
  });

  test("says what is left in a namespace", async () => {
    const name = `${own.namespace}-left`;
    await waitFor(core().namespaces, name, { condition: "NamespaceFinalizersRemaining" });
    const error = await timeoutOf((options) => waitFor(core().namespaces, name, "deleted", options));
    expect(error.why).toContain("example.com/tidy-up in 1 resource instances");
    await left().patch("held", { merge: { metadata: { finalizers: null } } });
  });
});

describe("a custom resource", () => {
  const group = "wait.example.com";
  interface Lamp extends KubernetesObject {
    spec?: { watts?: number };
    status?: { conditions?: { type: string; status: string; reason?: string; observedGeneration?: number }[] };
  }
  const definitions = () => held.cluster.api(ApiextensionsV1).customResourceDefinitions;
  const lamps = () =>
    held.cluster
      .resource<Lamp>({ group, version: "v1", plural: "lamps", kind: "Lamp", namespaced: true })
      .in(own.namespace);
  const set = (status: string, observedGeneration: number) =>
    lamps().status.patch("a", { merge: { status: { conditions: [{ type: "Lit", status, observedGeneration }] } } });

  afterAll(async () => {
    await definitions()
      .delete(`lamps.${group}`)
      .catch((error: unknown) => {
        // Where the test that makes it was left out.
        if (!isNotFound(error)) throw error;
      });
  });

  test("a resource that does not exist is an error at once", async () => {
    await expect(waitFor(lamps(), "a", "ready")).rejects.toMatchObject({ name: "StatusError", statusCode: 404 });
  });

  test("its definition is waited for before it is there", async () => {
    const waits = waitFor(definitions(), `lamps.${group}`, { condition: "Established" });
    const schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
    await definitions().create({
      metadata: { name: `lamps.${group}` },
      spec: {
        group,
        scope: "Namespaced",
        names: { plural: "lamps", kind: "Lamp" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: schema },
            subresources: { status: {} },
          },
        ],
      },
    });
    expect((await waits).spec.names.kind).toBe("Lamp");
  });

  test("a condition counts when it is of the newest spec, as kubectl wait says", async () => {
    const waitAsKubectl = () =>
      kubectl(inject("controlPlane"), ["wait", "lamp/a", "--for=condition=Lit", "--timeout=30s", "-n", own.namespace]);
    await waitFor(definitions(), `lamps.${group}`, "ready");
    await lamps().create({ metadata: { name: "a" }, spec: { watts: 5 } });
    const until: WaitUntil<Stored<Lamp>> = { condition: "Lit" };
    const none = await timeoutOf((options) => waitFor(lamps(), "a", until, options));
    expect(none.why).toBe("it has no condition Lit");
    await set("True", 1);
    expect(await waitFor(lamps(), "a", until)).toMatchObject({ metadata: { generation: 1 } });
    await lamps().patch("a", { merge: { spec: { watts: 6 } } });
    const stale = await timeoutOf((options) => waitFor(lamps(), "a", until, options));
    expect(stale.why).toBe("its condition Lit is of generation 1, but it is at 2");
    const waits = Promise.all([waitFor(lamps(), "a", until), waitAsKubectl()]);
    await set("True", 2);
    expect((await waits)[0]).toMatchObject({ metadata: { generation: 2 } });
    await set("False", 2);
    expect(await waitFor(lamps(), "a", { condition: "Lit", status: "False" })).toMatchObject({ spec: { watts: 6 } });
  });
});

test("who may not read the object is told at once", async () => {
  const cluster = await connect({ kubeconfig: inject("controlPlane").noRights.kubeconfig });
  try {
    const theirs = cluster.api(CoreV1).pods.in(own.namespace);
    await expect(waitFor(theirs, "ready", "ready")).rejects.toMatchObject({ name: "StatusError", reason: "Forbidden" });
  } finally {
    await cluster.close();
  }
});
