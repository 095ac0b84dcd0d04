import { connect, isNotFound, isTooManyRequests } from "kubewright";
import type { Cluster } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { FlowcontrolV1 } from "kubewright/flowcontrol/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

// Refusals by the API server's own priority and fairness: one user's requests get one seat, and what does not fit is refused with
// 429 and Retry-After: 1.

const held = adminCluster({ fieldManager: "flow-control-test" });
const own = ownNamespace(held);
const flow = (): FlowcontrolV1 => held.cluster.api(FlowcontrolV1);
const user = "throttled";

beforeAll(async () => {
  await flow().priorityLevelConfigurations.create({
    metadata: { name: user },
    spec: {
      type: "Limited",
      limited: { nominalConcurrencyShares: 0, borrowingLimitPercent: 0, limitResponse: { type: "Reject" } },
    },
  });
  await flow().flowSchemas.create({
    metadata: { name: user },
    spec: {
      matchingPrecedence: 2,
      priorityLevelConfiguration: { name: user },
      rules: [
        {
          subjects: [{ kind: "User", user: { name: user } }],
          resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"] }],
        },
      ],
    },
  });
  await held.cluster
    .api(RbacV1)
    .roleBindings.in(own.namespace)
    .create({
      metadata: { name: user },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
    });
});

afterAll(async () => {
  await flow().flowSchemas.delete(user);
  await flow().priorityLevelConfigurations.delete(user);
});

/** A connection as the throttled user, and the codes of its attempts. */
async function throttled(): Promise<{ readonly cluster: Cluster; readonly codes: string[] }> {
  const codes: string[] = [];
  const cluster = await connect({
    kubeconfig: inject("controlPlane").admin.kubeconfig,
    namespace: own.namespace,
    impersonate: { user },
    metrics: {
      count: (name, { code = "" }) => void (name === "rest_client_requests_total" && codes.push(code)),
      observe: () => undefined,
    },
  });
  return { cluster, codes };
}

const names = Array.from({ length: 6 }, (_, index) => `a-${index}`);

test("an eviction that is refused is one attempt; other writes wait as told, and each is done once", async () => {
  // The server learns of the level by watching.
  const evictions = await eventually(async () => {
    const { cluster, codes } = await throttled();
    const pods = cluster.api(CoreV1).pods.in();
    const errors = await Promise.all(
      names.map((name) => pods.eviction.create(name, {}).catch((error: unknown) => error)),
    );
    await cluster.close();
    return errors.some(isTooManyRequests) ? { errors, codes } : undefined;
  }, "evictions are refused for want of a seat");
  expect(evictions.errors.every((error) => isTooManyRequests(error) || isNotFound(error))).toBe(true);
  expect(evictions.errors.find(isTooManyRequests)).toMatchObject({ retryAfterSeconds: 1 });
  expect(evictions.codes).toHaveLength(names.length);

  const { cluster, codes } = await throttled();
  const configMaps = cluster.api(CoreV1).configMaps.in();
  const began = performance.now();
  await Promise.all(names.map((name) => configMaps.create({ metadata: { name } })));
  expect(performance.now() - began).toBeGreaterThan(1000);
  expect(codes.filter((code) => code === "201")).toHaveLength(names.length);
  expect(codes).toContain("429");
  expect(new Set(codes)).toEqual(new Set(["201", "429"]));
  await cluster.close();
});
