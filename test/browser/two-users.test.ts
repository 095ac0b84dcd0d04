import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer } from "@kubewright/testing";
import type { Cluster } from "kubewright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBoard } from "./harness/board-tab.ts";
import { launchChromium } from "./harness/chromium.ts";
import { type Site, startSite } from "./harness/site.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A site for alice, who may see everything, and bob, who may see the namespace `bobs`; each of `alices` and `bobs` has something in it. */
async function twoUsers(stack: AsyncDisposableStack): Promise<{ readonly cluster: Cluster; readonly site: Site }> {
  const api = stack.use(
    await startApiServer({ authorize: ({ user, namespace }) => user.name !== "bob" || namespace === "bobs" }),
  );
  const cluster = stack.use(await api.connect());
  const { namespaces, configMaps } = cluster.api(CoreV1);
  for (const name of ["alices", "bobs"]) {
    await namespaces.create({ metadata: { name } });
    await configMaps.in(name).create({ metadata: { name: "colours" } });
  }
  const site = stack.use(
    await startSite({
      cluster,
      files: inject("pages").board,
      identify({ headers }) {
        const user = /user=(\w+)/.exec(headers.cookie ?? "")?.[1];
        return user === undefined ? undefined : { impersonate: { user, groups: ["system:authenticated"] } };
      },
      onRefused: () => {},
    }),
  );
  return { cluster, site };
}

test.each(["worker", "tabs"])(
  "who signs in as somebody else in another tab sees nothing there of what the first user may see (%s)",
  async (way) => {
    await using stack = new AsyncDisposableStack();
    const { cluster, site } = await twoUsers(stack);
    const { configMaps } = cluster.api(CoreV1);
    const profile = await browser.newContext();
    const signIn = (user: string): Promise<void> =>
      profile.addCookies([{ name: "user", value: user, url: site.origin }]);
    await signIn("alice");
    const hers = await openBoard(profile, site.origin, `watch=configmaps&namespace=alices&way=${way}`);
    await hers.says((board) => "colours" in board.rows("configmaps"), "alice sees hers");

    await signIn("bob");
    const his = await openBoard(profile, site.origin, `watch=configmaps&namespace=alices&way=${way}`);
    await his.says((board) => board.health()["configmaps"]?.error?.includes("you may not") === true, "bob is refused");
    expect(await his.ask((board) => board.told("configmaps"))).toEqual([]);
    const own = await openBoard(profile, site.origin, `watch=configmaps&namespace=bobs&way=${way}`);
    await own.says((board) => "colours" in board.rows("configmaps"), "bob sees his");
    // The first tab is bob's too by now, as all that the profile asks for is.
    await configMaps.in("alices").create({ metadata: { name: "later" } });
    await configMaps.in("bobs").create({ metadata: { name: "later" } });
    await own.says((board) => "later" in board.rows("configmaps"), "bob goes on seeing his");
    for (const tab of [hers, his])
      expect(Object.keys(await tab.ask((board) => board.rows("configmaps")))).not.toContain("later");
    expect(await his.ask((board) => board.told("configmaps"))).toEqual([]);
    await profile.close();
  },
);

test("each of two users sees what they may, of the same collections, and a tab follows who is signed in", async () => {
  await using stack = new AsyncDisposableStack();
  const { cluster, site } = await twoUsers(stack);
  const { configMaps } = cluster.api(CoreV1);
  const [alice, bob] = [await browser.newContext(), await browser.newContext()];
  await alice.addCookies([{ name: "user", value: "alice", url: site.origin }]);
  await bob.addCookies([{ name: "user", value: "bob", url: site.origin }]);

  const hers = await openBoard(alice, site.origin, "watch=configmaps&namespace=alices");
  await hers.says((board) => "colours" in board.rows("configmaps"), "alice sees hers");
  const refused = await openBoard(bob, site.origin, "watch=configmaps&namespace=alices");
  await refused.says((board) => board.health()["configmaps"]?.error !== undefined, "bob is refused");
  expect((await refused.ask((board) => board.health()))["configmaps"]?.error).toContain("you may not list configmaps");
  expect(await refused.ask((board) => board.told("configmaps"))).toEqual([]);
  const his = await openBoard(bob, site.origin, "watch=configmaps&namespace=bobs");
  await his.says((board) => "colours" in board.rows("configmaps"), "bob sees his");

  // The same tab, as somebody else: what ran for alice does not run for bob.
  await alice.clearCookies();
  await alice.addCookies([{ name: "user", value: "bob", url: site.origin }]);
  site.network.reset();
  await hers.says(
    (board) => board.health()["configmaps"]?.error?.includes("you may not") === true,
    "bob is refused there",
  );
  // Nor does a tab that is opened get what is remembered from then.
  const late = await openBoard(alice, site.origin, "watch=configmaps&namespace=alices");
  await late.says((board) => board.health()["configmaps"]?.error?.includes("you may not") === true, "so is a new tab");
  expect(await late.ask((board) => board.told("configmaps"))).toEqual([]);
  await configMaps.in("alices").create({ metadata: { name: "later" } });
  await configMaps.in("bobs").create({ metadata: { name: "later" } });
  await his.says((board) => "later" in board.rows("configmaps"), "bob goes on seeing his");
  expect(Object.keys(await hers.ask((board) => board.rows("configmaps")))).not.toContain("later");
  expect(await refused.ask((board) => board.told("configmaps"))).toEqual([]);
  await alice.close();
  await bob.close();
});
