import { type ApiServer, startApiServer } from "@kubewright/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type BoardTab, faultsOf, openBoard } from "./harness/board-tab.ts";
import { changingMaps } from "./harness/change-maps.ts";
import { launchChromium } from "./harness/chromium.ts";
import { type Site, startSite } from "./harness/site.ts";
import { sharedWorkers, type Target, targetOf } from "./harness/targets.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A cluster with a page of its own. */
interface Ground {
  readonly api: ApiServer;
  readonly site: Site;
  /** Resolves when nobody has had a stream of watches for some seconds. */
  nobodyWatches(): Promise<unknown>;
  open(parameters: string): Promise<BoardTab>;
  worker(): Promise<Target>;
  /** The tab itself, to be frozen. */
  targetOf(tab: BoardTab): Promise<Target>;
  change(): Promise<void>;
  /** Changes something, and waits until the tab shows all there is. */
  expectLive(tab: BoardTab): Promise<void>;
}

async function onGround(play: (ground: Ground) => Promise<void>): Promise<void> {
  await using api = await startApiServer();
  await using cluster = await api.connect();
  let streams = 0;
  let since = 0;
  await using site = await startSite({
    cluster,
    files: inject("pages").board,
    before({ url }, response) {
      if (url !== "/k8s/~watch") return false;
      streams += 1;
      response.once("close", () => {
        streams -= 1;
        since = performance.now();
      });
      return false;
    },
  });
  const context = await browser.newContext();
  const maps = changingMaps(cluster);
  await maps.change();
  await play({
    api,
    site,
    nobodyWatches: () =>
      eventually(
        () => (streams === 0 && performance.now() - since > 5000) || undefined,
        "nobody has a stream of watches",
        150_000,
      ),
    async open(parameters) {
      const tab = await openBoard(context, site.origin, `watch=configmaps&${parameters}`);
      await tab.shows("configmaps", await maps.list());
      return tab;
    },
    async worker() {
      const [worker] = await sharedWorkers(browser, site.origin);
      if (worker === undefined) throw new Error("there is no worker");
      return worker;
    },
    targetOf: async ({ page }) => targetOf(site.origin, await context.newCDPSession(page)),
    change: maps.change,
    async expectLive(tab) {
      await maps.change();
      await tab.shows("configmaps", await maps.list());
      expect(faultsOf(await tab.ask((board) => board.told("configmaps")))).toEqual([]);
    },
  });
  await context.close();
}

// At the same time, for most of it is waiting until somebody is not believed to come back.
describe.concurrent("whoever holds the connection for all tabs", { timeout: 300_000 }, () => {
  test("is a worker that ends: they find another", () =>
    onGround(async ({ open, worker, expectLive }) => {
      const tab = await open("way=worker");
      await (await worker()).evaluate("close()");
      await expectLive(tab);
    }));

  test("is a worker that is frozen: they do without it", () =>
    onGround(async ({ open, worker, expectLive }) => {
      const tab = await open("way=worker");
      await (await worker()).freeze();
      await expectLive(tab);
      expect(await tab.ask((board) => board.warnings)).toEqual([
        expect.stringContaining("This tab uses one tab for all instead"),
      ]);
    }));

  test("is a tab that is frozen: another one does it, also when that one wakes", () =>
    onGround(async ({ open, targetOf, expectLive }) => {
      const [holder, other] = [await open("way=tabs"), await open("way=tabs")];
      const target = await targetOf(holder);
      await target.freeze();
      await expectLive(other);
      await target.thaw();
      await expectLive(holder);
      await expectLive(other);
    }));

  // How soon, packages/browser tests by a clock of its own.
  test.each<[string, (tab: BoardTab, crash: () => void) => Promise<void> | void]>([
    ["is closed", ({ page }) => page.close()],
    ["crashes", (_, crash) => crash()],
  ])("is a tab that %s: another one does it", (_, end) =>
    onGround(async ({ open, targetOf, expectLive }) => {
      const [holder, other, third] = [await open("way=tabs"), await open("way=tabs"), await open("way=tabs")];
      const { crash } = await targetOf(holder);
      await end(holder, crash);
      await expectLive(other);
      await expectLive(third);
    }),
  );

  test("is well, and a tab is frozen: woken, it shows what there is by then", () =>
    onGround(async ({ open, targetOf, change, expectLive }) => {
      const [tab, other] = [await open("way=worker"), await open("way=worker")];
      const target = await targetOf(tab);
      await target.freeze();
      for (let round = 0; round < 10; round++) await change();
      await expectLive(other);
      await target.thaw();
      await expectLive(tab);
    }));

  test("is well, and its only tab sleeps for an hour: woken, it reads what nobody remembers any more", () =>
    onGround(async ({ api, site, open, worker, targetOf, nobodyWatches, change, expectLive }) => {
      const tab = await open("way=worker");
      const target = await targetOf(tab);
      await target.freeze();
      // The worker's time, for which the tab says nothing.
      const jump = "const now = performance.now.bind(performance); void (performance.now = () => now() + 3_600_000);";
      await (await worker()).evaluate(jump);
      await nobodyWatches();
      await site.stop();
      for (let round = 0; round < 3; round++) await change();
      api.faults.compact();
      await site.start();
      await target.thaw();
      await expectLive(tab);
    }));
});
