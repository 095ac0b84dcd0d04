import {
  createCluster,
  isConflict,
  isForbidden,
  isInvalid,
  isNotFound,
  isTooManyRequests,
  type Cluster,
} from "@kubewright/core";
import { CoreV1 } from "@kubewright/api/core/v1";
import { PolicyV1 } from "@kubewright/api/policy/v1";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rejection } from "../../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../../../../../test/support/virtual-clock.ts";
import { createApiServer } from "../../serving/create-api-server.ts";

let clock: VirtualClock;
let cluster: Cluster;
beforeEach(async () => {
  clock = createVirtualClock();
  cluster = createCluster({ transport: createApiServer({ clock }).transport(), fieldManager: "test" });
  await cluster.api(CoreV1).namespaces.create({ metadata: { name: "home" } });
});
afterEach(() => cluster.close());

const pods = () => cluster.api(CoreV1).pods.in("home");
const pod = (name: string, more: object = {}) => ({
  metadata: { name, labels: { app: "a" } },
  spec: { containers: [{ name: "a", image: "b" }], ...more },
});

describe("pods", () => {
  test("begin with an account, its volume, tolerations and a class", async () => {
    const made = await pods().create(pod("p"));
    expect(made.spec.serviceAccountName).toBe("default");
    const [volume] = made.spec.volumes!;
    expect(volume!.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(made.spec.containers[0]!.volumeMounts).toEqual([
      { name: volume!.name, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
    ]);
    expect(made.spec.tolerations).toHaveLength(2);
    expect(made.status).toMatchObject({ phase: "Pending", qosClass: "BestEffort" });
    const refused = await rejection(pods().create(pod("q", { serviceAccountName: "nobody" })));
    expect(isForbidden(refused)).toBe(true);
  });

  test("cannot become others", async () => {
    await pods().create(pod("p"));
    await pods().patch("p", { json: [{ op: "replace", path: "/spec/containers/0/image", value: "c" }] });
    const refused = await rejection(pods().patch("p", { merge: { spec: { nodeName: "n" } } }));
    expect(isInvalid(refused)).toBe(true);
    expect(String(refused)).toContain('- "NodeName": "",');
  });

  test("go at once before a node has them, and with grace after", async () => {
    await pods().create(pod("p"));
    await pods().delete("p");
    expect(isNotFound(await rejection(pods().get("p")))).toBe(true);
    await pods().create(pod("p", { nodeName: "n" }));
    await pods().delete("p");
    const ending = await pods().get("p");
    expect(ending.metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
    expect(Date.parse(ending.metadata.deletionTimestamp!) - clock.wallNow()).toBe(30_000);
    await pods().delete("p", { gracePeriodSeconds: 0 });
    expect(isNotFound(await rejection(pods().get("p")))).toBe(true);
  });

  test("are not evicted against a budget", async () => {
    await pods().create(pod("p", { nodeName: "n" }));
    await pods().status.patch("p", { merge: { status: { phase: "Running" } } });
    const budgets = cluster.api(PolicyV1).podDisruptionBudgets.in("home");
    await budgets.create({
      metadata: { name: "b" },
      spec: { minAvailable: 1, selector: { matchLabels: { app: "a" } } },
    });
    const allow = (disruptionsAllowed: number) =>
      budgets.status.patch("b", { merge: { status: { observedGeneration: 1, disruptionsAllowed } } });
    await allow(0);
    expect(isTooManyRequests(await rejection(pods().eviction.create("p", { metadata: { name: "p" } })))).toBe(true);
    await allow(1);
    await pods().eviction.create("p", { metadata: { name: "p" } });
    expect((await pods().get("p")).metadata.deletionTimestamp).toBeDefined();
    const { status } = await budgets.get("b");
    expect(status).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { p: "2026-01-01T00:00:00Z" } });
  });

  test("get their node once", async () => {
    await pods().create(pod("p"));
    const bind = () => pods().binding.create("p", { metadata: { name: "p" }, target: { kind: "Node", name: "n" } });
    await bind();
    expect((await pods().get("p")).spec.nodeName).toBe("n");
    expect(isConflict(await rejection(bind()))).toBe(true);
  });
});
