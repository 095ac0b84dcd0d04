import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { rules } from "../../../examples/dashboard/server/rules.ts";
import { openPlayedCluster, type ShownCluster } from "../../../examples/dashboard/server/shown-cluster.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type Site, startSite } from "../harness/site.ts";
import { barriers, goTo, type Look, openDashboard, overhanging } from "./dashboard-page.ts";

const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { colorScheme: "light", narrow: true },
};

const views = [
  "#/overview",
  "#/workloads",
  "#/workloads?open=deployments/shop/cart",
  "#/pods",
  "#/pods?open=pods/payments/ledger-0",
  "#/pods?open=pods/payments/ledger-0&tab=yaml",
  "#/pods?open=pods/payments/ledger-0&tab=logs",
  "#/events",
  "#/nodes",
  "#/namespaces",
];

let browser: Browser;
let shown: ShownCluster;
let site: Site;
beforeAll(async () => {
  [browser, shown] = await Promise.all([launchChromium(), openPlayedCluster(0)]);
  site = await startSite({ cluster: shown.cluster, files: inject("pages").dashboard, allow: rules });
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await shown.close();
});

describe.each(Object.entries(looks))("%s", (_, look) => {
  test("no view keeps anybody out, and all fit", async () => {
    const page = await openDashboard(browser, site.origin, "", look);
    const found: Record<string, readonly string[]> = {};
    for (const hash of views) {
      await goTo(page, hash);
      found[hash] = [...(await barriers(page)), ...(await overhanging(page))];
    }
    for (const name of ["Scale", "Delete"]) {
      await goTo(page, "#/workloads?open=deployments/shop/cart");
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").waitFor();
      found[name] = [...(await barriers(page)), ...(await overhanging(page))];
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
    expect(Object.keys(found).length).toBe(views.length + 2);
    await page.context().close();
  });
});
