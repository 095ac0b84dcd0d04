import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer, type ApiServer } from "@kubewright/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchChromium } from "./harness/chromium.ts";
import { startSite } from "./harness/site.ts";

let browser: Browser;
let api: ApiServer;
beforeAll(async () => {
  [browser, api] = await Promise.all([launchChromium(), startApiServer()]);
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

test("rows appear, change and vanish as objects do", async () => {
  const cluster = await api.connect();
  await using site = await startSite({ cluster, files: inject("pages").board });
  const maps = cluster.api(CoreV1).configMaps.in("default");
  const page = await browser.newPage();
  await page.goto(`${site.origin}/?watch=configmaps`);
  const row = page.getByText("configmaps/colours");

  const created = await maps.create({ metadata: { name: "colours" }, data: { sky: "blue" } });
  await row.getByText(created.metadata.resourceVersion).waitFor();
  const patched = await maps.patch("colours", { merge: { data: { sky: "grey" } } });
  await row.getByText(patched.metadata.resourceVersion).waitFor();
  await maps.delete("colours");
  await row.waitFor({ state: "detached" });

  const told = await page.evaluate(() => board.told("configmaps"));
  const types = told.filter(({ name }) => name === "colours").map(({ type }) => type);
  expect(types).toEqual(["added", "updated", "deleted"]);
});
