import { pick } from "../chance.ts";
import type { Sequence } from "../exchange.ts";

const merge = "application/merge-patch+json";

/** A resource that two versions serve. */
interface Served {
  readonly group: string;
  readonly versions: readonly [newer: string, older: string];
  readonly plural: string;
  readonly namespaced: boolean;
  readonly object: object;
  /** One that is refused. */
  readonly wrong: object;
}

const claim = { devices: { requests: [{ name: "a", exactly: { deviceClassName: "example.com" } }] } };
const oldClaim = {
  devices: { requests: [{ name: "a", deviceClassName: "example.com", allocationMode: "All" }] },
};
const served: readonly Served[] = [
  {
    group: "resource.k8s.io",
    versions: ["v1", "v1beta2"],
    plural: "resourceclaims",
    namespaced: true,
    object: { spec: claim },
    wrong: { metadata: { labels: { a: "-" } } },
  },
  {
    group: "resource.k8s.io",
    versions: ["v1beta1", "v1beta1"],
    plural: "resourceclaims",
    namespaced: true,
    object: { spec: oldClaim },
    wrong: { metadata: { labels: { a: "-" } } },
  },
  {
    group: "admissionregistration.k8s.io",
    versions: ["v1", "v1beta1"],
    plural: "mutatingadmissionpolicybindings",
    namespaced: false,
    object: { spec: { policyName: "nobody.example.com" } },
    wrong: { spec: { policyName: "" } },
  },
  {
    group: "coordination.k8s.io",
    versions: ["v1beta1", "v1alpha2"],
    plural: "leasecandidates",
    namespaced: true,
    object: {
      spec: { leaseName: "a", binaryVersion: "1.2.3", emulationVersion: "1.2.0", strategy: "OldestEmulationVersion" },
    },
    wrong: { spec: { leaseName: "" } },
  },
  {
    group: "autoscaling",
    versions: ["v2", "v1"],
    plural: "horizontalpodautoscalers",
    namespaced: true,
    object: { spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" }, maxReplicas: 3 } },
    wrong: { spec: { maxReplicas: 0 } },
  },
];

/** Resources in several versions, of which one is kept. */
export const versions: Readonly<Record<string, Sequence>> = {
  "versions: written in one, read in the other": async ({ send }, chance, namespace) => {
    const { group, versions: both, plural, namespaced, object, wrong } = pick(chance, served);
    const [here, there] = chance() < 0.5 ? both : both.toReversed();
    const name = `n-${Math.floor(chance() * 1e9).toString(36)}`;
    const at = (version: string | undefined): string =>
      `/apis/${group}/${version}${namespaced ? `/namespaces/${namespace}` : ""}/${plural}`;
    await send({ method: "POST", path: at(here), body: { ...object, metadata: { name } } });
    const { body } = await send({ method: "GET", path: `${at(there)}/${name}` });
    await send({ method: "GET", path: `${at(here)}?fieldSelector=metadata.name%3D${name}` });
    await send({
      method: "PUT",
      path: `${at(there)}/${name}`,
      body: { ...(body as object), metadata: { name, labels: { a: "b" } } },
    });
    await send({
      method: "PATCH",
      path: `${at(here)}/${name}`,
      contentType: merge,
      body: { metadata: { annotations: { c: "d" } } },
    });
    await send({ method: "PATCH", path: `${at(there)}/${name}`, contentType: merge, body: wrong });
    await send({ method: "POST", path: at(there), body: { ...object, ...wrong, metadata: { name: `${name}-b` } } });
    await send({ method: "POST", path: at(there), body: { ...object, metadata: { name } } });
    await send({ method: "PUT", path: `${at(there)}/${name}`, body });
    await send({ method: "DELETE", path: `${at(there)}/${name}` });
    await send({ method: "GET", path: `${at(here)}/${name}` });
  },
  "versions: watched in one, written in the other": async ({ send, watch }, chance, namespace) => {
    const places = [
      {
        paths: ["/apis/autoscaling/v2", "/apis/autoscaling/v1"],
        plural: "horizontalpodautoscalers",
        object: { spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" }, maxReplicas: 3 } },
        change: { spec: { maxReplicas: 5 } },
      },
      {
        paths: ["/api/v1", "/apis/events.k8s.io/v1"],
        plural: "events",
        object: {
          involvedObject: { kind: "Pod", name: "a", namespace },
          regarding: { kind: "Pod", name: "a", namespace },
          eventTime: "2026-01-01T00:00:00.000000Z",
          reportingComponent: "example.com/a",
          reportingController: "example.com/a",
          reportingInstance: "a",
          action: "Start",
          reason: "Started",
          type: "Normal",
        },
        change: { series: { count: 3, lastObservedTime: "2026-01-01T00:00:01.000000Z" } },
      },
    ] as const;
    const { paths, plural, object, change } = pick(chance, places);
    const [here, there] = (chance() < 0.5 ? paths : paths.toReversed()).map(
      (path) => `${path}/namespaces/${namespace}/${plural}`,
    ) as [string, string];
    await send({ method: "POST", path: here, body: { ...object, metadata: { name: "a" } } });
    const watching = await watch({
      path: `${there}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    });
    await watching.next(2);
    await send({ method: "PATCH", path: `${here}/a`, contentType: merge, body: change });
    await send({ method: "DELETE", path: `${here}/a` });
    await watching.next(2);
    watching.close();
    await send({ method: "GET", path: `${there}/a` });
    await send({ method: "GET", path: `${here}/a` });
    await send({ method: "DELETE", path: `${there}/a` });
    await send({ method: "PATCH", path: `${there}/a`, contentType: merge, body: change });
  },
};
