import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer, type ApiServer } from "@kubewright/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { openBoard } from "./harness/board-tab.ts";
import { launchChromium } from "./harness/chromium.ts";
import { six, startClient } from "./harness/six-watches.ts";
import { startSite } from "./harness/site.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Fifty clients take their time where the machine has other things to do. */
const many = { timeout: 300_000 };

function watchesOf(api: ApiServer): readonly string[] {
  return api
    .requests()
    .filter(({ verb }) => verb === "watch")
    .map(({ resource }) => resource ?? "");
}

describe.each(["worker", "tabs"])("eight tabs that share by their %s", (way) => {
  test("and 42 clients in Node cost the API server six watches, and leave room for requests", many, async () => {
    await using api = await startApiServer();
    await using cluster = await api.connect();
    let streams = 0;
    await using site = await startSite({
      cluster,
      files: inject("pages").board,
      before({ url, headers }) {
        if (url === "/k8s/~watch" && headers.origin !== undefined) streams += 1;
        return false;
      },
    });
    const context = await browser.newContext();
    const tabs = [];
    for (let count = 0; count < 8; count++)
      tabs.push(await openBoard(context, site.origin, `watch=${six.join(",")}&way=${way}`));
    const clients = Array.from({ length: 42 }, () => startClient(site.origin));
    await Promise.all(clients.map(({ synced }) => synced));
    for (const tab of tabs)
      await tab.says(
        (board) => Object.values(board.health()).every(({ state }) => state === "streaming"),
        "all six stream",
      );

    await cluster
      .api(CoreV1)
      .configMaps.in("default")
      .create({ metadata: { name: "colours" } });
    for (const tab of tabs) await tab.says((board) => "colours" in board.rows("configmaps"), "the change is there");
    await eventually(() => clients.every(({ has }) => has("colours")) || undefined, "every client has the change");
    expect(watchesOf(api).toSorted()).toEqual(six.toSorted());
    expect(streams).toBe(1);

    const took = await tabs.at(-1)?.page.evaluate(() => board.ask());
    console.log(`[measured] a request of the eighth tab: ${took?.toFixed()} ms`);
    // One that got no connection beside the watches would wait for their end, minutes.
    expect(took).toBeLessThan(1000);
    await Promise.all(clients.map((client) => client.close()));
    await context.close();
  });
});
