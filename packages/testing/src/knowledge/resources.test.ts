import { describe, expect, test } from "vitest";
import type { ResourceInfo } from "./resource-info.ts";
import { resourcesOf } from "./resources.ts";

function find(group: string, version: string, plural: string): ResourceInfo {
  const found = resourcesOf("all").find(
    (one) => one.group === group && one.version === version && one.plural === plural,
  );
  if (found === undefined) throw new Error(`no ${plural} in ${group}/${version}`);
  return found;
}

describe("what servers serve", () => {
  test("a default server has no alpha and no beta, one with all APIs has", () => {
    const versions = (apis: "default" | "all"): ReadonlySet<string> =>
      new Set(resourcesOf(apis).map(({ version }) => version));
    expect(versions("default")).toEqual(new Set(["v1", "v2"]));
    expect(versions("all")).toEqual(new Set(["v1", "v2", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2", "v1alpha1"]));
  });

  test("the preferred version of a group comes first", () => {
    const found = resourcesOf("default").filter(({ plural }) => plural === "horizontalpodautoscalers");
    expect(found.map(({ version }) => version)).toEqual(["v2", "v1"]);
  });

  test("what can be listed has the kind of its list, what keeps nothing has no store", () => {
    for (const one of resourcesOf("all")) {
      expect(one.listKind !== undefined, one.plural).toBe(one.verbs.includes("list"));
      expect(one.store !== undefined, one.plural).toBe(one.verbs.includes("get") && one.plural !== "componentstatuses");
    }
  });

  test("resources that share a store keep the same, in a version that every server with one of them serves", () => {
    for (const apis of ["default", "all"] as const) {
      const served = resourcesOf(apis);
      for (const { store, keptAs, plural } of served) {
        if (store === undefined) continue;
        const sharing = served.filter((one) => one.store === store);
        expect(new Set(sharing.map((one) => one.keptAs)), plural).toEqual(new Set([keptAs]));
        expect(
          sharing.map(({ group, version }) => (group === "" ? version : `${group}/${version}`)),
          plural,
        ).toContain(keptAs);
      }
    }
    expect(find("events.k8s.io", "v1", "events")).toMatchObject({
      store: find("", "v1", "events").store,
      keptAs: "v1",
    });
    expect(find("autoscaling", "v1", "horizontalpodautoscalers").keptAs).toBe("autoscaling/v2");
  });
});

describe("how resources behave", () => {
  test("pods", () => {
    expect(find("", "v1", "pods")).toMatchObject({
      kind: "Pod",
      listKind: "PodList",
      storageVersionHash: "xPOwRZ+Yhw8=",
      createOnUpdate: false,
      unconditionalUpdate: true,
      gracefulDeletion: true,
      dependents: "background",
      names: "subdomain",
      clearedOnCreate: ["status"],
      createdWith: { status: { phase: "Pending", qosClass: "BestEffort" } },
      keptOnUpdate: ["status"],
      startsGeneration: true,
      generationOf: ["spec"],
      resetFields: ["status"],
    });
  });

  test("a PUT creates leases and services, and needs a version for leases", () => {
    expect(find("coordination.k8s.io", "v1", "leases")).toMatchObject({
      createOnUpdate: true,
      unconditionalUpdate: false,
    });
    expect(find("", "v1", "services")).toMatchObject({ createOnUpdate: true, unconditionalUpdate: true });
  });

  test("deleting jobs and replication controllers by the API leaves their dependents", () => {
    const orphaning = resourcesOf("all").filter(({ dependents }) => dependents === "orphan");
    expect(orphaning.map(({ plural }) => plural)).toEqual(["replicationcontrollers", "jobs"]);
  });

  test("annotations of a deployment make its generation grow", () => {
    expect(find("apps", "v1", "deployments").generationOf).toEqual(["metadata.annotations", "spec"]);
  });

  test("the status of a pod keeps its spec and its owners", () => {
    const status = find("", "v1", "pods").subresources.find(({ name }) => name === "status");
    expect(status).toMatchObject({ keptOnUpdate: ["metadata.ownerReferences", "spec"], generationOf: [] });
  });

  test("events are selected by the names of each version, and by one of two sources", () => {
    expect(find("", "v1", "events").selectable).toMatchObject({
      "involvedObject.kind": { paths: ["involvedObject.kind"], empty: "" },
      source: { paths: ["source.component", "reportingComponent"], empty: "" },
    });
    expect(find("events.k8s.io", "v1", "events").selectable).toHaveProperty(["regarding.kind"]);
    expect(find("", "v1", "replicationcontrollers").selectable["status.replicas"]?.empty).toBe("0");
  });

  test("tables have columns", () => {
    const names = (plural: string, wide: boolean): readonly (string | undefined)[] | undefined =>
      find("", "v1", plural)
        .columns?.filter(({ priority }) => priority > 0 === wide)
        .map(({ name }) => name);
    expect(names("pods", false)).toEqual(["Name", "Ready", "Status", "Restarts", "Age"]);
    expect(names("pods", true)).toEqual(["IP", "Node", "Nominated Node", "Readiness Gates"]);
  });
});
