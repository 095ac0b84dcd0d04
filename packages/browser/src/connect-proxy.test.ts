import { CoreV1 } from "@kubewright/api/core/v1";
import { informer } from "@kubewright/runtime";
import { expect, onTestFinished, test } from "vitest";
import { FakePage } from "../../../test/support/fake-page.ts";
import { PageProxy } from "../../../test/support/page-proxy.ts";
import { connectPage, type ProxyCluster } from "./connect-proxy.ts";

const podsPath = "/api/v1/namespaces/default/pods";

const pod = (name: string, resourceVersion = "1"): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default", uid: name, resourceVersion },
});
const bookmark = (resourceVersion: string, end = false): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { resourceVersion, ...(end ? { annotations: { "k8s.io/initial-events-end": "true" } } : {}) },
});

interface Setup {
  readonly proxy: PageProxy;
  readonly page: FakePage;
  readonly cluster: ProxyCluster;
  readonly warnings: string[];
}

function setUp(): Setup {
  const proxy = new PageProxy();
  const page = new FakePage(proxy);
  const warnings: string[] = [];
  const cluster = connectPage({ baseUrl: "/k8s", onWarning: (text) => warnings.push(text) }, page);
  onTestFinished(() => cluster.close());
  return { proxy, page, cluster, warnings };
}

const namesOf = (objects: readonly { readonly metadata: { readonly name: string } }[]): string[] =>
  objects.map(({ metadata }) => metadata.name).toSorted();

test("six informers come over one stream, asked for in one request", async () => {
  const { proxy, page, cluster } = setUp();
  const core = cluster.api(CoreV1);
  const pods = informer(core.pods.in("default"));
  const others = [
    informer(core.services),
    informer(core.configMaps),
    informer(core.secrets),
    informer(core.events),
    informer(core.endpoints),
  ];
  onTestFinished(async () => void (await Promise.all([pods, ...others].map((one) => one.close()))));
  await page.clock.settle();

  expect(proxy.requests.map(({ method, path, query }) => [method, path, query])).toEqual([["POST", "/~watch", ""]]);
  expect(proxy.requests[0]?.headers.get("kubewright-page")).toBe("1");
  expect(proxy.stream.watches.size).toBe(6);
  expect(proxy.stream.watch(podsPath)).toEqual({ id: expect.stringMatching(/^\w+$/), path: podsPath, query: "" });
  expect(cluster.connection.getSnapshot().state).toBe("connected");

  proxy.stream.tell(podsPath, "added", pod("a"));
  proxy.stream.tell(podsPath, "bookmark", bookmark("5", true), "5");
  await page.clock.settle();
  expect(pods.health.synced).toBe(true);
  proxy.stream.tell(podsPath, "added", pod("b", "6"), "6");
  proxy.stream.tell(podsPath, "deleted", pod("a", "7"), "7");
  await page.clock.settle();
  expect(namesOf(pods.list())).toEqual(["b"]);
});
