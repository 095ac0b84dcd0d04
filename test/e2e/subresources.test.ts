import { isTooManyRequests } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { AuthenticationV1 } from "kubewright/authentication/v1";
import { AuthorizationV1 } from "kubewright/authorization/v1";
import { CertificatesV1 } from "kubewright/certificates/v1";
import { CoreV1 } from "kubewright/core/v1";
import { PolicyV1 } from "kubewright/policy/v1";
import { expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "subresources-test" });
const own = ownNamespace(held);
const core = (): CoreV1 => held.cluster.api(CoreV1);
const pods = () => core().pods.in(own.namespace);

const sleeper = (name: string) => ({
  metadata: { name, labels: { app: name } },
  spec: {
    containers: [{ name: "main", image: "local", command: ["sleep", "1000"] }],
    terminationGracePeriodSeconds: 0,
  },
});

test("status is written by its own path, and only there", async () => {
  await pods().create({
    metadata: { name: "statused" },
    spec: { containers: [{ name: "a", image: "b" }], nodeSelector: { no: "node" } },
  });
  const patched = await pods().status.patch("statused", { merge: { status: { message: "by hand" } } });
  expect(patched.status.message).toBe("by hand");
  const ignored = await pods().patch("statused", { merge: { status: { message: "ignored" } } });
  expect(ignored.status.message).toBe("by hand");
  const applied = await pods().status.apply({ metadata: { name: "statused" }, status: { reason: "Applied" } });
  expect(applied.status).toMatchObject({ message: "by hand", reason: "Applied" });
  await pods().status.modify("statused", (pod) => {
    pod.status.message = "modified";
  });
  expect((await pods().status.get("statused")).status.message).toBe("modified");
});

test("scale reads and writes replicas", async () => {
  const deployments = held.cluster.api(AppsV1).deployments.in(own.namespace);
  const labels = { app: "scaled" };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: "a", image: "b" }], nodeSelector: { no: "node" } },
  };
  await deployments.create({
    metadata: { name: "scaled" },
    spec: { replicas: 0, selector: { matchLabels: labels }, template },
  });
  const scale = await deployments.scale.get("scaled");
  expect(scale).toMatchObject({ apiVersion: "autoscaling/v1", kind: "Scale", spec: {} });
  const modified = await deployments.scale.modify("scaled", (current) => {
    current.spec.replicas = 2;
  });
  expect(modified.spec.replicas).toBe(2);
  await deployments.scale.patch("scaled", { merge: { spec: { replicas: 1 } } });
  expect((await deployments.get("scaled")).spec.replicas).toBe(1);
  await deployments.delete("scaled");
});

test("eviction: a disruption budget is one attempt and a typed error; without one the pod goes", async () => {
  const budgets = held.cluster.api(PolicyV1).podDisruptionBudgets.in(own.namespace);
  await pods().create(sleeper("guarded"));
  await budgets.create({
    metadata: { name: "guard" },
    spec: { minAvailable: 1, selector: { matchLabels: { app: "guarded" } } },
  });
  await eventually(
    async () => ((await pods().get("guarded")).status.phase === "Running" ? true : undefined),
    "the pod runs",
  );
  await eventually(
    async () => ((await budgets.get("guard")).status.observedGeneration === 1 ? true : undefined),
    "the budget is seen",
  );
  const before = performance.now();
  const refused: unknown = await pods()
    .eviction.create("guarded", {})
    .catch((error: unknown) => error);
  expect(isTooManyRequests(refused)).toBe(true);
  expect((refused as Error).message).toContain("disruption budget");
  // The server's Retry-After is ten seconds.
  expect(performance.now() - before).toBeLessThan(10_000);
  await budgets.delete("guard");
  const status = await eventually(
    () =>
      pods()
        .eviction.create("guarded", { deleteOptions: { gracePeriodSeconds: 0 } })
        .catch((error: unknown) => (isTooManyRequests(error) ? undefined : Promise.reject(error))),
    "the eviction is allowed",
  );
  expect(status).toMatchObject({ kind: "Status", status: "Success" });
});

test("binding puts a pod on a node", async () => {
  await pods().create({ ...sleeper("bound"), spec: { ...sleeper("bound").spec, schedulerName: "nobody" } });
  const { nodeName } = inject("controlPlane");
  const status = await pods().binding.create("bound", { target: { kind: "Node", name: nodeName } });
  expect(status).toMatchObject({ kind: "Status", status: "Success" });
  expect((await pods().get("bound")).spec.nodeName).toBe(nodeName);
  await pods().delete("bound", { gracePeriodSeconds: 0 });
});

test("token gives a token that authenticates as the service account", async () => {
  await core()
    .serviceAccounts.in(own.namespace)
    .create({ metadata: { name: "robot" } });
  const { status } = await core()
    .serviceAccounts.in(own.namespace)
    .token.create("robot", { spec: { audiences: [], expirationSeconds: 600 } });
  const review = await held.cluster
    .api(AuthenticationV1)
    .tokenReviews.create({ spec: { token: status?.token as string } });
  expect(review.status).toMatchObject({
    authenticated: true,
    user: { username: `system:serviceaccount:${own.namespace}:robot` },
  });
});

test("reviews answer without being stored", async () => {
  const authorization = held.cluster.api(AuthorizationV1);
  const self = await authorization.selfSubjectAccessReviews.create({
    spec: { resourceAttributes: { verb: "get", resource: "pods" } },
  });
  expect(self.status?.allowed).toBe(true);
  const local = await authorization.localSubjectAccessReviews.in(own.namespace).create({
    spec: { user: "nobody", resourceAttributes: { verb: "get", resource: "pods", namespace: own.namespace } },
  });
  expect(local.status?.allowed).toBe(false);
});

test("ephemeralcontainers and resize change what the pod itself does not let change", async () => {
  await pods().create({
    metadata: { name: "debugged" },
    spec: {
      containers: [{ name: "a", image: "b", resources: { requests: { cpu: "1m" } } }],
      nodeSelector: { no: "node" },
    },
  });
  const debugged = await pods().ephemeralcontainers.patch("debugged", {
    strategic: { spec: { ephemeralContainers: [{ name: "debug", image: "none" }] } },
  });
  expect(debugged.spec.ephemeralContainers?.map(({ name }) => name)).toEqual(["debug"]);
  const resized = await pods().resize.patch("debugged", {
    strategic: { spec: { containers: [{ name: "a", resources: { requests: { cpu: "2m" } } }] } },
  });
  expect(resized.spec.containers[0]?.resources?.requests).toEqual({ cpu: "2m" });
});

test("finalize lets a namespace go that a finalizer holds", async () => {
  const namespaces = core().namespaces;
  const created = await namespaces.create({
    metadata: { generateName: "held-" },
    spec: { finalizers: ["example.com/hold", "kubernetes"] },
  });
  const { name } = created.metadata;
  await namespaces.delete(name);
  const held_ = await eventually(async () => {
    const now = await namespaces.get(name);
    return now.spec.finalizers?.length === 1 ? now : undefined;
  }, "the namespace controller is done");
  await namespaces.finalize.update({ ...held_, spec: { finalizers: [] } });
  await eventually(
    () =>
      namespaces.get(name).then(
        () => undefined,
        () => true,
      ),
    "the namespace is gone",
  );
});

test("a certificate signing request can be approved", async () => {
  const requests = held.cluster.api(CertificatesV1).certificateSigningRequests;
  const { execFileSync } = await import("node:child_process");
  const pem = execFileSync(
    "openssl",
    ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=approved"],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const created = await requests.create({
    metadata: { generateName: "approved-" },
    spec: { signerName: "example.com/none", usages: ["client auth"], request: pem.toString("base64") },
  });
  created.status.conditions = [{ type: "Approved", status: "True", reason: "Test", message: "fine" }];
  const approved = await requests.approval.update(created);
  expect(approved.status.conditions?.map(({ type }) => type)).toEqual(["Approved"]);
  await requests.delete(created.metadata.name);
});
