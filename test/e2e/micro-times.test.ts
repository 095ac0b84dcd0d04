import { isKubeError, microTime } from "kubewright";
import { CoordinationV1 } from "kubewright/coordination/v1";
import { CoreV1 } from "kubewright/core/v1";
import { describe, expect, test } from "vitest";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "micro-times" });
const own = ownNamespace(held);

describe("what is sent and what is refused before is what the API server takes and refuses", () => {
  test.each([
    microTime(),
    microTime("2026-01-31T12:00:00Z"),
    "2026-01-31T12:00:00.123456+02:00",
    "2026-01-31T12:00:00,123456Z",
    new Date(0).toISOString(),
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.1234567Z",
    "2026-01-31T12:00:00.123456",
    "2026-01-31t12:00:00.123456z",
    "2026-01-31 12:00:00.123456Z",
    "2026-01-31",
    "",
  ])("%j", async (renewTime) => {
    const { namespace } = own;
    const object = { metadata: { generateName: "a-" }, spec: { holderIdentity: "me", renewTime } };
    const answer = await held.cluster
      .request({
        method: "POST",
        path: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`,
        query: { dryRun: "All" },
        headers: { "content-type": "application/json" },
        body: JSON.stringify(object),
      })
      .then(
        () => "taken",
        () => "refused",
      );
    const leases = held.cluster.api(CoordinationV1).leases.in(namespace);
    const ours = await leases.create(object, { dryRun: "All" }).then(
      () => "taken",
      (error: unknown) => (isKubeError(error) && error.name === "InputError" ? "refused" : error),
    );
    expect(ours).toBe(answer);
  });
});

test("a lease and an event are written with microTime(), and other times with toISOString()", async () => {
  const leases = held.cluster.api(CoordinationV1).leases.in(own.namespace);
  await leases.create({ metadata: { name: "a" }, spec: { holderIdentity: "me", renewTime: microTime() } });
  const renewed = microTime(new Date(0));
  await leases.patch("a", { merge: { spec: { renewTime: renewed } } });
  await leases.apply({ metadata: { name: "a" }, spec: { renewTime: renewed } }, { force: true });
  expect((await leases.get("a")).spec.renewTime).toBe(renewed);
  const event = await held.cluster
    .api(CoreV1)
    .events.in(own.namespace)
    .create({
      metadata: { name: "a" },
      eventTime: microTime(),
      lastTimestamp: new Date(0).toISOString(),
      action: "Wrote",
      reason: "Written",
      reportingComponent: "example.com/test",
      reportingInstance: "a",
      type: "Normal",
      involvedObject: { kind: "Lease", name: "a", namespace: own.namespace },
    });
  expect(event.lastTimestamp).toBe("1970-01-01T00:00:00Z");
});
