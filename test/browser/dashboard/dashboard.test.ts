import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer } from "@kubewright/testing";
import { AppsV1 } from "kubewright/apps/v1";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { rules } from "../../../examples/dashboard/server/rules.ts";
import { openPlayedCluster, type ShownCluster } from "../../../examples/dashboard/server/shown-cluster.ts";
import { eventually } from "../../support/eventually.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type Site, startSite } from "../harness/site.ts";
import { crowd } from "./crowd.ts";
import { openDashboard } from "./dashboard-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The row of the table that has this link. */
function row(page: Page, name: string) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** As who signed in elsewhere, and looks at this tab again; headless tabs are always visible. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const visibilityState of ["hidden", "visible"]) {
      Object.defineProperty(document, "visibilityState", { value: visibilityState, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }
  });
}

describe("on an API server", () => {
  test("rows appear, change and vanish as pods do", async () => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    await using site = await startSite({ cluster, files: inject("pages").dashboard, allow: rules });
    const pods = cluster.api(CoreV1).pods.in("default");
    const page = await openDashboard(browser, site.origin, "#/pods?ns=default");
    await pods.create({ metadata: { name: "web-0" }, spec: { containers: [{ name: "web", image: "web:1" }] } });
    await row(page, "web-0").getByText("Pending").waitFor();
    await pods.status.patch("web-0", {
      merge: { status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] } },
    });
    await row(page, "web-0").getByText("Running").waitFor();
    await pods.delete("web-0", { gracePeriodSeconds: 0 });
    await row(page, "web-0").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("rows that make room for a new one never lie below it, where nothing may move", async () => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    await using site = await startSite({ cluster, files: inject("pages").dashboard, allow: rules });
    const namespaces = cluster.api(CoreV1).namespaces;
    const page = await openDashboard(browser, site.origin, "#/namespaces");
    await row(page, "default").waitFor();
    await page.evaluate(() => {
      const seen = { most: 0, wrong: 0 };
      Object.assign(globalThis, { seen });
      new MutationObserver(() => {
        const tops = Array.from(
          document.querySelectorAll(".table-body .row"),
          (one) => one.getBoundingClientRect().top,
        );
        seen.most = Math.max(seen.most, tops.length);
        if (new Set(tops).size < tops.length) seen.wrong += 1;
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await namespaces.create({ metadata: { name: "a-first" } });
    await row(page, "a-first").waitFor();
    const seen = (await page.evaluate("seen")) as { readonly most: number; readonly wrong: number };
    expect(seen.most).toBeGreaterThan(1);
    expect(seen.wrong).toBe(0);
    await page.context().close();
  });

  test("it says in words that the connection is lost, and goes on without a reload", async () => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    await using site = await startSite({ cluster, files: inject("pages").dashboard, allow: rules });
    const namespaces = cluster.api(CoreV1).namespaces;
    const page = await openDashboard(browser, site.origin, "#/namespaces");
    await row(page, "default").waitFor();
    await page.evaluate(() => Object.assign(globalThis, { born: true }));
    await site.stop();
    await page.getByText("The connection was lost").waitFor();
    await row(page, "default").waitFor();
    await namespaces.create({ metadata: { name: "later" } });
    await site.start();
    await row(page, "later").waitFor();
    await page.getByText("The connection was lost").waitFor({ state: "detached" });
    expect(await page.evaluate("born")).toBe(true);
    await page.context().close();
  });

  test.each([
    ["somebody looks at it again", comeBack],
    ["told to", (page: Page) => page.getByRole("button", { name: "Try now" }).click()],
  ])("it says in words that nobody is signed in, and goes on when somebody is and %s", async (_, goOn) => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    let signedIn = true;
    await using site = await startSite({
      cluster,
      files: inject("pages").dashboard,
      allow: rules,
      identify: () => (signedIn ? { impersonate: { user: "alice", groups: ["system:masters"] } } : undefined),
      onRefused: () => {},
    });
    const page = await openDashboard(browser, site.origin, "#/namespaces");
    await row(page, "default").waitFor();
    signedIn = false;
    site.network.reset();
    await page.getByText("You are signed out.").waitFor();
    signedIn = true;
    await goOn(page);
    // By itself it would try in a minute or two.
    await page.locator("[data-connection=connected]").waitFor({ timeout: 30_000 });
    await page.context().close();
  });

  test("it says in words that a part of it cannot be loaded, and loads it when asked again", async () => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    let broken = true;
    await using site = await startSite({
      cluster,
      files: inject("pages").dashboard,
      allow: rules,
      before({ url }, response) {
        if (!broken || !/detail-.*\.js/.test(url ?? "")) return false;
        response.destroy();
        return true;
      },
    });
    const page = await openDashboard(browser, site.origin, "#/namespaces?open=namespaces//default");
    await page.getByText("This part of the page could not be loaded").waitFor();
    await row(page, "default").waitFor();
    broken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "default" }).waitFor();
    await page.context().close();
  });

  test("what the user may not do is not offered", async () => {
    await using api = await startApiServer({
      users: { "canary-viewer": { name: "viewer" } },
      authorize: ({ user, verb }) => user.name !== "viewer" || ["get", "list", "watch"].includes(verb),
    });
    await using admin = await api.connect();
    await using cluster = await api.connect({ token: "canary-viewer" });
    await using site = await startSite({ cluster, files: inject("pages").dashboard, allow: rules });
    await admin
      .api(AppsV1)
      .deployments.in("default")
      .create({
        metadata: { name: "web" },
        spec: {
          selector: { matchLabels: { app: "web" } },
          template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "web:1" }] } },
        },
      });
    const page = await openDashboard(browser, site.origin, "#/workloads?open=deployments/default/web");
    await page.getByRole("heading", { name: "web" }).waitFor();
    await eventually(
      () => api.requests().filter(({ resource }) => resource === "selfsubjectaccessreviews").length > 1 || undefined,
      "it asked what the user may do",
    );
    expect(await page.getByRole("button", { name: "Scale" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);
    await page.context().close();
  });
});

test("10,000 pods are all there, and few of them are drawn", async () => {
  await using api = await startApiServer();
  await using cluster = await api.connect({ interceptors: [crowd(10_000)] });
  await using site = await startSite({ cluster, files: inject("pages").dashboard, allow: rules });
  const page = await openDashboard(browser, site.origin, "#/pods");
  const rows = page.getByRole("table", { name: "Pods" }).getByRole("row");
  const drawn = async (): Promise<number> => {
    const count = await rows.count();
    expect(count).toBeGreaterThan(1);
    return count;
  };
  await page.getByText("10,000 pods").first().waitFor();
  expect(await drawn()).toBeLessThan(60);
  // By name, and to the end.
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.locator(".table-body").evaluate((body) => body.scrollTo(0, body.scrollHeight));
  await page.getByRole("link", { name: "crowd-9/extra-09999" }).waitFor();
  expect(await drawn()).toBeLessThan(60);
  await page.getByRole("searchbox").fill("extra-0777");
  await page.getByText("10 pods").first().waitFor();
  expect(await drawn()).toBe(11);
  await page.context().close();
});

describe("on a played cluster", () => {
  let shown: ShownCluster;
  let site: Site;
  beforeAll(async () => {
    shown = await openPlayedCluster(0);
    site = await startSite({ cluster: shown.cluster, files: inject("pages").dashboard, allow: rules });
  });
  afterAll(async () => {
    await site.close();
    await shown.close();
  });

  test("a deployment is scaled from the page, and its pods come", async () => {
    const deployments = shown.cluster.api(AppsV1).deployments.in("shop");
    const page = await openDashboard(browser, site.origin, "#/workloads?ns=shop&open=deployments/shop/cart");
    await page.getByRole("button", { name: "Scale" }).click();
    await page.getByLabel("Pods wanted").fill("7");
    await page.getByRole("button", { name: "Scale to 7" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await eventually(async () => (await deployments.get("cart")).spec.replicas === 7 || undefined, "it was scaled");
    await row(page, "cart").getByText(/of 7/).waitFor();
    await page.context().close();
  });

  test("a pod is deleted from the page once that was confirmed", async () => {
    const pods = shown.cluster.api(CoreV1).pods.in("payments");
    const name = "ledger-0";
    const { uid } = (
      await eventually(async () => {
        const { items } = await pods.list();
        return items.find(({ metadata }) => metadata.name === name);
      }, "the pod is there")
    ).metadata;
    const page = await openDashboard(browser, site.origin, `#/pods?ns=payments&open=pods/payments/${name}`);
    await page.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await pods.get(name)).metadata.uid).toBe(uid);
    await page.getByRole("button", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.waitFor({ state: "detached" });
    await eventually(async () => {
      const { items } = await pods.list();
      return (
        items.every((pod) => pod.metadata.uid !== uid || pod.metadata.deletionTimestamp !== undefined) || undefined
      );
    }, "it was deleted");
    await page.context().close();
  });
});
