import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { launchChromium } from "./chromium.ts";
import { sharedWorkers, targetOf } from "./targets.ts";

// What the tests of this room stand on. A later Chromium may do otherwise.

const script =
  "onconnect = ({ ports: [port] }) => { port.onmessage = () => port.postMessage(performance.timeOrigin); };";
const server = createServer((request, response) => {
  const type = request.url === "/worker.js" ? "text/javascript" : "text/html";
  response.writeHead(200, { "content-type": type }).end(request.url === "/worker.js" ? script : "<title>Page</title>");
});
let browser: Browser;
let origin: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

/** When the worker that answers began. */
async function begun(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { port } = new SharedWorker("/worker.js", { type: "module", name: "hub" });
    const answer = new Promise<MessageEvent<number>>((resolve) => port.addEventListener("message", resolve));
    port.start();
    port.postMessage("?");
    return (await answer).data;
  });
}

async function openPage(context: Pick<Browser, "newPage">): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  return page;
}

test("tabs of a context share a worker, which outlives the tab that began it", async () => {
  const context = await browser.newContext();
  const [first, second, stranger] = [await openPage(context), await openPage(context), await openPage(browser)];
  const worker = await begun(first);
  expect(await begun(second)).toBe(worker);
  expect(await begun(stranger)).not.toBe(worker);
  await first.close();
  expect(await begun(second)).toBe(worker);
  await context.close();
  await stranger.close();
});

test("a frozen tab does nothing, and goes on where it was", async () => {
  const context = await browser.newContext();
  const page = await openPage(context);
  const tab = targetOf(origin, await context.newCDPSession(page));
  await tab.evaluate("globalThis.ticks = 0; setInterval(() => ticks++, 1)");
  await eventually(async () => ((await tab.evaluate("ticks")) as number) > 0 || undefined, "it ticks");
  await tab.freeze();
  const frozen = await tab.evaluate("ticks");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await tab.evaluate("ticks")).toBe(frozen);
  await tab.thaw();
  await eventually(async () => (await tab.evaluate("ticks")) !== frozen || undefined, "it ticks again");
  await context.close();
});

test("a frozen worker answers later; one that is offline knows it", async () => {
  const context = await browser.newContext();
  const page = await openPage(context);
  await begun(page);
  const worker = (await sharedWorkers(browser, origin)).at(-1);
  if (worker === undefined) throw new Error("there is no worker");
  await worker.freeze();
  let answered = false;
  const answer = begun(page).then((at) => {
    answered = true;
    return at;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(answered).toBe(false);
  await worker.thaw();
  expect(await answer).toBeGreaterThan(0);

  await worker.setOffline(true);
  expect(await worker.evaluate("navigator.onLine")).toBe(false);
  expect(await worker.evaluate("fetch('/').catch(String)")).toContain("Failed to fetch");
  await worker.setOffline(false);
  expect(await worker.evaluate("navigator.onLine")).toBe(true);
  await context.close();
});

test("a lock moves on when its tab closes", async () => {
  const context = await browser.newContext();
  const [first, second] = [await openPage(context), await openPage(context)];
  await first.evaluate(() => {
    void navigator.locks.request("hub", () => new Promise(() => {}));
  });
  const taken = second.evaluate(() => navigator.locks.request("hub", () => "taken"));
  await first.close();
  expect(await taken).toBe("taken");
  await context.close();
});
