import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer, type ApiServer } from "@kubewright/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, inject, test } from "vitest";
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

test("React draws what the store holds, and of rows those that changed", async () => {
  const cluster = await api.connect();
  await using site = await startSite({ cluster, files: inject("pages").react });
  const maps = cluster.api(CoreV1).configMaps.in("default");
  await maps.create({ metadata: { name: "dawn" }, data: { sky: "red" } });
  await maps.create({ metadata: { name: "noon" }, data: { sky: "blue" } });
  const page = await browser.newPage();
  await page.goto(site.origin);
  await page.getByText("synced streaming").waitFor();
  await page.getByText("dawn red drawn 1").waitFor();

  await maps.patch("noon", { merge: { data: { sky: "grey" } } });
  await page.getByText("noon grey drawn 2").waitFor();
  await page.getByText("dawn red drawn 1").waitFor();
  await maps.delete("dawn");
  await page.getByText("dawn").waitFor({ state: "detached" });

  // Rows stay while nobody answers, and go on to change then.
  await site.stop();
  await maps.patch("noon", { merge: { data: { sky: "white" } } });
  await page.getByText("noon grey drawn 2").waitFor();
  await site.start();
  await page.getByText("noon white drawn 3").waitFor();
  await page.close();
});
