import { decode } from "@kubewright/protobuf";
import { AppsV1 } from "kubewright/apps/v1";
import { CoordinationV1 } from "kubewright/coordination/v1";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { describe, expect, inject, test } from "vitest";
import { ownNamespace } from "../e2e/support.ts";
import { rawApi } from "../support/raw-api.ts";
import { expectSame, inBoth, protobufType, told } from "./both.ts";

const both = inBoth();
const own = ownNamespace({
  get cluster() {
    return both.json;
  },
});
const encodings = ["json", "protobuf"] as const;

describe.each(encodings)("written in %s", (write) => {
  test("a role without rules, and one whose rules are null, has null in both", async () => {
    const roles = (which: "json" | "protobuf") => both[which].api(RbacV1).roles.in(own.namespace);
    const names = [`none-${write}`, `null-${write}`] as const;
    await roles(write).create({ metadata: { name: names[0] } } as never);
    await roles(write).create({ metadata: { name: names[1] }, rules: null } as never);
    for (const name of names) {
      for (const read of encodings) {
        const role = await roles(read).get(name);
        expect(Object.keys(role).toSorted()).toEqual(["apiVersion", "kind", "metadata", "rules"]);
        expect(role.rules).toBeNull();
      }
      const [json, protobuf] = await Promise.all(encodings.map((read) => roles(read).list()));
      expect(told(protobuf?.items)).toBe(told(json?.items));
    }
  });

  test("times to the microsecond stay what they were, zeros and all", async () => {
    const leases = (which: "json" | "protobuf") => both[which].api(CoordinationV1).leases.in(own.namespace);
    const events = (which: "json" | "protobuf") => both[which].api(CoreV1).events.in(own.namespace);
    const [renewTime, acquireTime] = ["2026-01-01T00:00:00.123456Z", "1970-01-01T00:00:00.000000Z"];
    const name = `times-${write}`;
    await leases(write).create({ metadata: { name }, spec: { holderIdentity: "", renewTime, acquireTime } });
    await events(write).create({
      metadata: { name },
      involvedObject: { kind: "Lease", name, namespace: own.namespace },
      eventTime: "1999-12-31T23:59:59.000001Z",
      firstTimestamp: "1970-01-01T00:00:00Z",
      lastTimestamp: null as never,
      reportingComponent: "example.com/test",
      reportingInstance: "a",
      action: "Tested",
      reason: "Test",
      type: "Normal",
    });
    for (const read of encodings) {
      const { spec } = await leases(read).get(name);
      expect(spec).toEqual({ holderIdentity: "", renewTime, acquireTime });
      const event = await events(read).get(name);
      expect(event).toMatchObject({
        eventTime: "1999-12-31T23:59:59.000001Z",
        firstTimestamp: "1970-01-01T00:00:00Z",
        lastTimestamp: null,
        source: {},
      });
    }
    expect(told(await events("protobuf").get(name))).toBe(told(await events("json").get(name)));
  });

  test("what is a number or a text stays what it was", async () => {
    const services = (which: "json" | "protobuf") => both[which].api(CoreV1).services.in(own.namespace);
    const deployments = (which: "json" | "protobuf") => both[which].api(AppsV1).deployments.in(own.namespace);
    const name = `either-${write}`;
    const ports = [
      { name: "a", port: 80, targetPort: 8080 },
      { name: "b", port: 81, targetPort: "http" },
      { name: "c", port: 82 },
    ];
    await services(write).create({ metadata: { name }, spec: { ports, clusterIP: "None" } });
    const labels = { app: name };
    await deployments(write).create({
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
        template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "none" }] } },
      },
    });
    for (const read of encodings) {
      const service = await services(read).get(name);
      expect(service.spec.ports?.map(({ targetPort }) => targetPort)).toEqual([8080, "http", 82]);
      const { spec } = await deployments(read).get(name);
      expect(spec.replicas).toBe(0);
      expect(spec.strategy).toEqual({ type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } });
    }
  });

  test("quantities, bytes and characters of every length stay what they were", async () => {
    const maps = (which: "json" | "protobuf") => both[which].api(CoreV1).configMaps.in(own.namespace);
    const claims = (which: "json" | "protobuf") => both[which].api(CoreV1).persistentVolumeClaims.in(own.namespace);
    const name = `texts-${write}`;
    const data = { empty: "", bom: "\ufeffa", all: "a\u0000é€😀\u2028\u{10ffff}", long: "€".repeat(100_000) };
    const binaryData = { none: "", some: "AP+A/w==" };
    await maps(write).create({ metadata: { name, annotations: { a: "" } }, data, binaryData });
    const storage = { requests: { storage: "0.5Gi" }, limits: { storage: "2e9" } };
    await claims(write).create({
      metadata: { name },
      spec: { accessModes: ["ReadWriteOnce"], resources: storage },
    });
    for (const read of encodings) {
      const map = await maps(read).get(name);
      expect([map.data, map.binaryData, map.metadata.annotations]).toEqual([data, binaryData, { a: "" }]);
      expect((await claims(read).get(name)).spec.resources).toEqual({
        requests: { storage: "512Mi" },
        limits: { storage: "2e9" },
      });
    }
  });
});

describe("what discovery answers is the same in both encodings", () => {
  const aggregated = ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  test.each([
    ["/api", ""],
    ["/apis", ""],
    ["/apis/apps", ""],
    ["/api/v1", ""],
    ["/apis/apps/v1", ""],
    ["/api", aggregated],
    ["/apis", aggregated],
  ])("%s %s", async (path, parameters) => {
    const { server, caFile, admin } = inject("controlPlane");
    const ask = async (type: string) => {
      const api = rawApi({ server, caFile, token: admin.token, accept: type + parameters });
      const answer = await api.send("GET", path);
      api.close();
      expect(answer.headers["content-type"]).toBe(type + parameters);
      return answer;
    };
    // Tests of other files define resources meanwhile.
    await expectSame(
      async () => JSON.parse((await ask("application/json")).text) as unknown,
      async () => decode((await ask(protobufType)).bytes),
    );
  });
});
