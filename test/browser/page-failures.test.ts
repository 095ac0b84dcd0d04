import { startApiServer, type ApiServer } from "@kubewright/testing";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type BoardTab, faultsOf, openBoard } from "./harness/board-tab.ts";
import { type ChangingMaps, changingMaps } from "./harness/change-maps.ts";
import { launchChromium, launchProfile } from "./harness/chromium.ts";
import { type Site, type SiteOptions, startSite } from "./harness/site.ts";
import { sharedWorkers } from "./harness/targets.ts";

let browser: Browser;
let api: ApiServer;
let maps: ChangingMaps;
let context: BrowserContext;
let site: Site | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  api = await startApiServer();
  maps = changingMaps(await api.connect());
  await maps.change();
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await site?.close();
  site = undefined;
  await api.close();
});

async function serve(options: Partial<SiteOptions> = {}): Promise<Site> {
  site = await startSite({ cluster: await api.connect(), files: inject("pages").board, ...options });
  return site;
}

/** That it shows what there is, and then what changes. */
async function expectLive(tab: BoardTab): Promise<void> {
  await maps.change();
  await tab.shows("configmaps", await maps.list());
  expect(faultsOf(await tab.ask((board) => board.told("configmaps")))).toEqual([]);
}

describe("a worker that cannot be had", () => {
  test("for its file is gone: said once, and tabs share without it", async () => {
    const { origin } = await serve({
      before({ url }, response) {
        if (!/watches-.*\.js/.test(url ?? "")) return false;
        response.writeHead(404, { "content-type": "text/plain" }).end("gone");
        return true;
      },
    });
    const tab = await openBoard(context, origin, "watch=configmaps");
    await expectLive(tab);
    expect(await tab.ask((board) => board.warnings)).toEqual([
      expect.stringMatching(/^Tabs cannot share watches by a shared worker: .*This tab uses one tab for all instead$/),
    ]);
  });

  test("for the page's policy forbids it: the same", async () => {
    const { origin } = await serve({ policy: "default-src 'self'; worker-src 'none'" });
    const tab = await openBoard(context, origin, "watch=configmaps");
    await expectLive(tab);
    expect(await tab.ask((board) => board.warnings)).toEqual([
      expect.stringMatching(/^Tabs cannot share watches by a shared worker: .*This tab uses one tab for all instead$/),
    ]);
  });

  test("nor locks, for the browser forbids all storage: said once each, and the tab has a connection of its own", async () => {
    const { origin } = await serve();
    // What Chromium does where a user blocks all cookies; its headless form has no such setting.
    await context.addInitScript(() => {
      const refuse = (): never => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      };
      Object.assign(globalThis, { SharedWorker: refuse });
      navigator.locks.request = () => Promise.reject(new DOMException("Access is denied.", "SecurityError"));
    });
    const tab = await openBoard(context, origin, "watch=configmaps");
    await expectLive(tab);
    const warnings = await tab.ask((board) => board.warnings);
    expect(warnings).toEqual([
      expect.stringContaining("This tab uses one tab for all instead"),
      expect.stringContaining("This tab uses a connection of its own instead"),
    ]);
  });
});

test.each(["worker", "tabs"])(
  "a private window beside an ordinary one: both are live, and share nothing (%s)",
  async (way) => {
    let streams = 0;
    const { origin } = await serve({
      before({ url }, response) {
        if (url !== "/k8s/~watch") return false;
        streams += 1;
        response.once("close", () => (streams -= 1));
        return false;
      },
    });
    const profile = await launchProfile();
    const privately = await profile.openPrivate();
    const open = (where: BrowserContext): Promise<BoardTab> => openBoard(where, origin, `watch=configmaps&way=${way}`);
    const ordinary = [await open(profile.ordinary), await open(profile.ordinary)];
    await ordinary[0]?.page.evaluate(() => localStorage.setItem("kept", "yes"));
    const hidden = [await open(privately), await open(privately)];
    expect(await hidden[0]?.page.evaluate(() => localStorage.getItem("kept"))).toBeNull();
    for (const tab of [...ordinary, ...hidden]) {
      await expectLive(tab);
      expect(await tab.ask((board) => board.warnings)).toEqual([]);
    }
    expect(streams).toBe(2);
    await privately.close();
    for (const tab of ordinary) await expectLive(tab);
    await eventually(() => streams === 1 || undefined, "the private one's stream is gone");
    await profile.close();
  },
);

test("two builds of a page, open at once, have a worker each, and both are live", async () => {
  const { origin } = await serve({ later: inject("pages").later });
  const tab = await openBoard(context, origin, "watch=configmaps");
  const later = await openBoard(context, `${origin}/later`, "watch=configmaps");
  await expectLive(tab);
  await expectLive(later);
  expect((await sharedWorkers(browser, origin)).length).toBe(2);
});

describe("a sign-in that expires while six watches are open", () => {
  test.each(["worker", "tabs"])("is said, asked for rarely, and heals without a reload (%s)", async (way) => {
    let asked = 0;
    const refused: number[] = [];
    const { origin, network } = await serve({
      identify: ({ headers }) =>
        headers.cookie?.includes("session=good") === true
          ? { impersonate: { user: "alice", groups: ["system:masters"] } }
          : undefined,
      onRefused: ({ status }) => void refused.push(status),
      before({ url }) {
        if (url?.startsWith("/k8s/") === true) asked += 1;
        return false;
      },
    });
    const signIn = (): Promise<void> => context.addCookies([{ name: "session", value: "good", url: origin }]);
    await signIn();
    const six = "pods,configmaps,services,persistentvolumeclaims,serviceaccounts,nodes";
    const tab = await openBoard(context, origin, `watch=${six}&way=${way}`);
    await tab.shows("configmaps", await maps.list());
    const born = await tab.ask((board) => board.born);

    await context.clearCookies();
    network.reset();
    await tab.says((board) => board.connection().state === "signedOut", "it is signed out");
    expect((await tab.ask((board) => board.connection())).error).toContain("nobody is signed in");
    asked = 0;
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    expect(asked).toBeLessThan(6);
    expect(new Set(refused)).toEqual(new Set([401]));

    await signIn();
    // Whatever the page asks for next tells that somebody is signed in again.
    await tab.page.evaluate(() => board.ask());
    await tab.says((board) => board.connection().state === "connected", "it is connected");
    await expectLive(tab);
    expect(await tab.ask((board) => board.born)).toBe(born);
  });
});
