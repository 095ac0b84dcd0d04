import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer } from "@kubewright/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openBoard } from "./harness/board-tab.ts";
import { launchChromium } from "./harness/chromium.ts";
import { startSite } from "./harness/site.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test("each of two users sees what they may, of the same collections, and a tab follows who is signed in", async () => {
  await using api = await startApiServer({
    authorize: ({ user, namespace }) => user.name !== "bob" || namespace === "bobs",
  });
  await using cluster = await api.connect();
  const { namespaces, configMaps } = cluster.api(CoreV1);
  for (const name of ["alices", "bobs"]) {
    await namespaces.create({ metadata: { name } });
    await configMaps.in(name).create({ metadata: { name: "colours" } });
  }
  await using site = await startSite({
    cluster,
    files: inject("pages").board,
    identify({ headers }) {
      const user = /user=(\w+)/.exec(headers.cookie ?? "")?.[1];
      return user === undefined ? undefined : { impersonate: { user, groups: ["system:authenticated"] } };
    },
    onRefused: () => {},
  });
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
  await configMaps.in("alices").create({ metadata: { name: "later" } });
  await configMaps.in("bobs").create({ metadata: { name: "later" } });
  await his.says((board) => "later" in board.rows("configmaps"), "bob goes on seeing his");
  expect(Object.keys(await hers.ask((board) => board.rows("configmaps")))).not.toContain("later");
  expect(await refused.ask((board) => board.told("configmaps"))).toEqual([]);
  await alice.close();
  await bob.close();
});
