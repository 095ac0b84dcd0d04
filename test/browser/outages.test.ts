import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@kubewright/node";
import { startApiServer } from "@kubewright/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { faultsOf, openBoard, type BoardTab } from "./harness/board-tab.ts";
import { changingMaps } from "./harness/change-maps.ts";
import { launchChromium } from "./harness/chromium.ts";
import { startSite } from "./harness/site.ts";
import { sharedWorkers } from "./harness/targets.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** What must hold after an outage: nothing lost, twice or backwards, and the page is the one of before. */
async function expectWhole(tab: BoardTab, born: string): Promise<void> {
  expect(faultsOf(await tab.ask((board) => board.told("configmaps")))).toEqual([]);
  expect(await tab.ask((board) => board.born)).toBe(born);
}

describe.each(["worker", "tabs"])("a page whose watches are held by its %s", (way) => {
  test("goes on when the proxy is another one", async () => {
    await using api = await startApiServer();
    const cluster = await api.connect();
    await using site = await startSite({ cluster, files: inject("pages").board });
    const maps = changingMaps(cluster);
    await maps.change();
    const context = await browser.newContext();
    const tab = await openBoard(context, site.origin, `watch=configmaps&way=${way}`);
    const born = await tab.ask((board) => board.born);
    await tab.shows("configmaps", await maps.list());

    await site.stop();
    await tab.says((board) => board.connection().state === "waiting", "it waits");
    await maps.change();
    await site.start();
    await maps.change();
    await tab.shows("configmaps", await maps.list());
    await tab.says((board) => board.connection().state === "connected", "it is connected");
    await expectWhole(tab, born);
    await context.close();
  });

  test("goes on when the network comes back", async () => {
    await using api = await startApiServer();
    const cluster = await api.connect();
    await using site = await startSite({ cluster, files: inject("pages").board });
    const maps = changingMaps(cluster);
    await maps.change();
    const context = await browser.newContext();
    const tab = await openBoard(context, site.origin, `watch=configmaps&way=${way}`);
    const born = await tab.ask((board) => board.born);
    await tab.shows("configmaps", await maps.list());

    const workers = await sharedWorkers(browser, site.origin);
    const offline = async (is: boolean): Promise<void> => {
      await context.setOffline(is);
      for (const worker of workers) await worker.setOffline(is);
    };
    await offline(true);
    site.network.reset();
    await site.network.refuse();
    await tab.says((board) => board.connection().state === "offline", "it knows that it is offline");
    await maps.change();
    await site.network.heal();
    await offline(false);
    await maps.change();
    await tab.shows("configmaps", await maps.list());
    await expectWhole(tab, born);
    await context.close();
  });

  test("goes on when the API server was begun anew", async () => {
    const state = mkdtempSync(join(tmpdir(), "kubewright-state-"));
    let api = await startApiServer({ state });
    await using cluster = await connect({ kubeconfigText: api.kubeconfig });
    await using site = await startSite({ cluster, files: inject("pages").board });
    const maps = changingMaps(cluster);
    await maps.change();
    const context = await browser.newContext();
    const tab = await openBoard(context, site.origin, `watch=configmaps&way=${way}`);
    const born = await tab.ask((board) => board.born);
    await tab.shows("configmaps", await maps.list());

    await api.close();
    api = await startApiServer({ state });
    await maps.change();
    await tab.shows("configmaps", await maps.list());
    await expectWhole(tab, born);
    await context.close();
    await api.close();
    rmSync(state, { recursive: true });
  });
});

test(
  "a minute without any answer, from a network that is silent, costs nothing either",
  { timeout: 240_000 },
  async () => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    await using site = await startSite({ cluster, files: inject("pages").board });
    const maps = changingMaps(cluster);
    await maps.change();
    const context = await browser.newContext();
    const tab = await openBoard(context, site.origin, "watch=configmaps");
    const born = await tab.ask((board) => board.born);
    await tab.shows("configmaps", await maps.list());

    const end = performance.now() + 60_000;
    site.network.blackHole();
    await maps.change();
    await tab.says((board) => board.connection().state === "waiting", "it takes the connection for dead");
    await sleep(end - performance.now());
    await maps.change();
    await site.network.heal();
    await tab.shows("configmaps", await maps.list());
    await expectWhole(tab, born);
    await context.close();
  },
);
