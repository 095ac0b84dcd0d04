import { CoreV1 } from "@kubewright/api/core/v1";
import type { Stored } from "@kubewright/core";
import { type Informer, informer } from "@kubewright/runtime";
import { expect, onTestFinished, test } from "vitest";
import { FakeBrowser, type FakeTab } from "../../../../test/support/fake-browser.ts";
import { PageProxy, type PageRequest } from "../../../../test/support/page-proxy.ts";
import { connectPage, type ProxyCluster, type ProxyConnectOptions } from "../connect-proxy.ts";

const podsPath = "/api/v1/namespaces/default/pods";
const apis = {
  kind: "APIGroupDiscoveryList",
  apiVersion: "apidiscovery.k8s.io/v2",
  metadata: {},
  items: [
    {
      metadata: {},
      versions: [
        {
          version: "v1",
          freshness: "Current",
          resources: [
            {
              resource: "pods",
              responseKind: { group: "", version: "v1", kind: "Pod" },
              scope: "Namespaced",
              singularResource: "pod",
              verbs: ["get", "list", "watch"],
            },
          ],
        },
      ],
    },
  ],
};
const none = { ...apis, items: [] };

function discovery({ path }: PageRequest): Response | undefined {
  if (path !== "/api" && path !== "/apis") return undefined;
  const type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  return new Response(JSON.stringify(path === "/api" ? apis : none), { headers: { "content-type": type } });
}

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

interface Tab {
  readonly page: FakeTab;
  readonly cluster: ProxyCluster;
  readonly pods: Informer<Stored<object>>;
  readonly warnings: string[];
  names(): string[];
}

function openTab(browser: FakeBrowser, options: Partial<ProxyConnectOptions> = {}): Tab {
  const page = browser.tab();
  const warnings: string[] = [];
  const cluster = connectPage({ baseUrl: "/k8s", onWarning: (text) => warnings.push(text), ...options }, page);
  const pods = informer(cluster.api(CoreV1).pods.in("default"));
  onTestFinished(async () => {
    page.thaw();
    await cluster.close();
  });
  const names = (): string[] =>
    pods
      .list()
      .map(({ metadata }) => metadata.name)
      .toSorted();
  return { page, cluster, pods: pods as never, warnings, names };
}

function setUp(): { readonly proxy: PageProxy; readonly browser: FakeBrowser } {
  const proxy = new PageProxy();
  proxy.answer = discovery;
  return { proxy, browser: new FakeBrowser(proxy) };
}

/** The pods `names` exist. */
function fill(proxy: PageProxy, ...names: string[]): void {
  for (const name of names) proxy.stream.tell(podsPath, "added", pod(name));
  proxy.stream.tell(podsPath, "bookmark", bookmark("5", true), "5");
}

test.each(["worker", "election"] as const)("three tabs share one stream and one watch by %s", async (by) => {
  const { proxy, browser } = setUp();
  const worker = browser.worker();
  const options = by === "worker" ? { worker: () => worker.connect() } : {};
  const tabs = [openTab(browser, options), openTab(browser, options), openTab(browser, options)];
  await browser.clock.settle();
  expect(proxy.opened).toBe(1);
  expect([...proxy.stream.watches.values()].map(({ path }) => path)).toEqual([podsPath]);
  fill(proxy, "a", "b");
  await browser.clock.settle();
  for (const { names, cluster } of tabs) {
    expect(names()).toEqual(["a", "b"]);
    expect(cluster.connection.getSnapshot().state).toBe("connected");
  }

  const late = openTab(browser, options);
  await browser.clock.settle();
  expect(late.names()).toEqual(["a", "b"]);
  proxy.stream.tell(podsPath, "deleted", pod("a", "6"), "6");
  await browser.clock.settle();
  for (const { names } of [...tabs, late]) expect(names()).toEqual(["b"]);
  expect(proxy.opened).toBe(1);
  expect([...tabs, late].flatMap(({ warnings }) => warnings)).toEqual([]);
});
