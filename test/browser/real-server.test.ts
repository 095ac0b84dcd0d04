import { connect } from "@kubewright/node";
import type { Cluster } from "@kubewright/core";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { rules } from "../../examples/dashboard/server/rules.ts";
import { whyNoControlPlane } from "../../tools/lib/needs.ts";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";
import { openDashboard } from "./dashboard/dashboard-page.ts";
import { faultsOf, openBoard } from "./harness/board-tab.ts";
import { changingMaps } from "./harness/change-maps.ts";
import { launchChromium } from "./harness/chromium.ts";
import { startSite } from "./harness/site.ts";
import { six, startClient } from "./harness/six-watches.ts";

const why = whyNoControlPlane();
let browser: Browser;
let controlPlane: ControlPlane;
let cluster: Cluster;
beforeAll(async () => {
  if (why !== undefined) return;
  [browser, controlPlane] = await Promise.all([launchChromium(), startControlPlane()]);
  cluster = await connect({ kubeconfig: controlPlane.admin.kubeconfig });
}, 600_000);
afterAll(async () => {
  if (why !== undefined) return;
  await browser.close();
  await cluster.close();
  await controlPlane.stop();
});
beforeEach((context) => {
  if (why !== undefined) context.skip(why);
});

/**
 * Watches that the server has open, by what they watch, as its own metrics count them; of what stands in namespaces those of one
 * namespace only, which controllers seldom watch.
 */
async function openWatches(): Promise<ReadonlyMap<string, number>> {
  const answer = await cluster.request({ path: "/metrics" });
  const watches = new Map<string, number>();
  for (const line of (await answer.text()).split("\n")) {
    const [, labels = "", value] = /^apiserver_longrunning_requests\{(.*)\} (\d+)/.exec(line) ?? [];
    if (!labels.includes('verb="WATCH"')) continue;
    const resource = /resource="([^"]*)"/.exec(labels)?.[1] ?? "";
    if (!labels.includes(resource === "nodes" ? 'scope="cluster"' : 'scope="namespace"')) continue;
    watches.set(resource, (watches.get(resource) ?? 0) + Number(value));
  }
  return watches;
}

/** The same once the controllers have all of theirs. */
async function settledWatches(): Promise<ReadonlyMap<string, number>> {
  let last = "";
  let same = 0;
  return eventually(async () => {
    const watches = await openWatches();
    const text = JSON.stringify([...watches]);
    same = text === last ? same + 1 : 0;
    last = text;
    return same < 40 ? undefined : watches;
  }, "the controllers have begun their watches");
}

test("eight tabs and 42 clients in Node cost it six watches", async () => {
  await cluster.api(CoreV1).namespaces.create({ metadata: { name: "six" } });
  await using site = await startSite({ cluster, files: inject("pages").board });
  const before = await settledWatches();
  const context = await browser.newContext();
  const tabs = [];
  for (let count = 0; count < 8; count++)
    tabs.push(await openBoard(context, site.origin, `namespace=six&watch=${six.join(",")}`));
  const clients = Array.from({ length: 42 }, () => startClient(site.origin, "six"));
  await Promise.all(clients.map(({ synced }) => synced));
  await cluster
    .api(CoreV1)
    .configMaps.in("six")
    .create({ metadata: { name: "colours" } });
  for (const tab of tabs) await tab.says((board) => "colours" in board.rows("configmaps"), "the change is there");
  await eventually(() => clients.every(({ has }) => has("colours")) || undefined, "every client has the change");

  // A controller that begins a watch anew has two for a moment.
  const more = async (): Promise<object> => {
    const now = await openWatches();
    return Object.fromEntries(six.map((name) => [name, (now.get(name) ?? 0) - (before.get(name) ?? 0)]));
  };
  await expect.poll(more).toEqual(Object.fromEntries(six.map((name) => [name, 1])));
  const took = await tabs.at(-1)?.page.evaluate(() => board.ask());
  console.log(`[measured] a request of the eighth tab, of the real server: ${took?.toFixed()} ms`);
  // One that got no connection beside the watches would wait for their end, minutes.
  expect(took).toBeLessThan(1000);
  await Promise.all(clients.map((client) => client.close()));
  await context.close();
});

test("a page goes on without a loss when it was killed and started again", { timeout: 240_000 }, async () => {
  await cluster.api(CoreV1).namespaces.create({ metadata: { name: "killed" } });
  await using site = await startSite({ cluster, files: inject("pages").board });
  const maps = changingMaps(cluster, "killed");
  await maps.change();
  const context = await browser.newContext();
  const tab = await openBoard(context, site.origin, "namespace=killed&watch=configmaps");
  const born = await tab.ask((board) => board.born);
  await tab.shows("configmaps", await maps.list());

  await controlPlane.kill("kube-apiserver");
  await controlPlane.start("kube-apiserver");
  await maps.change();
  await tab.shows("configmaps", await maps.list());
  expect(faultsOf(await tab.ask((board) => board.told("configmaps")))).toEqual([]);
  expect(await tab.ask((board) => board.born)).toBe(born);
  await context.close();
});

test("a deployment appears in the dashboard, is scaled there, and vanishes", async () => {
  const deployments = cluster.api(AppsV1).deployments.in("default");
  await using site = await startSite({ cluster, files: inject("pages").dashboard, allow: rules });
  const page = await openDashboard(browser, site.origin, "#/workloads?ns=default");
  const link = page.getByRole("link", { name: "web", exact: true });
  const row = page.getByRole("row").filter({ has: link });
  await deployments.create({
    metadata: { name: "web" },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { terminationGracePeriodSeconds: 0, containers: [{ name: "web", image: "web:1" }] },
      },
    },
  });
  await row.getByText("of 1").waitFor();
  await link.click();
  await page.getByRole("button", { name: "Scale" }).click();
  await page.getByLabel("Pods wanted").fill("3");
  await page.getByRole("button", { name: "Scale to 3" }).click();
  await row.getByText("of 3").waitFor();
  const pods = cluster.api(CoreV1).pods.in("default");
  await eventually(async () => (await pods.list()).items.length === 3 || undefined, "the controller made three pods");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await link.waitFor({ state: "detached" });
  await page.context().close();
});
