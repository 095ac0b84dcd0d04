import { startApiServer, type ApiServer } from "@kubewright/testing";
import type { Browser, Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { launchChromium } from "../harness/chromium.ts";
import { type Site, startSite } from "../harness/site.ts";
import { reads, writes } from "./attacks.ts";
import { startHostileSite } from "./hostile-site.ts";

/** A name of the attacker that was made to lead to this machine after the page was loaded from it. */
const rebound = "rebound.example";

let browser: Browser;
let api: ApiServer;
let site: Site;
let hostile: Awaited<ReturnType<typeof startHostileSite>>;
/** Requests that came to the proxy's server, and how they were answered. */
const arrived: { readonly url: string; status: number | undefined }[] = [];

beforeAll(async () => {
  [browser, api, hostile] = await Promise.all([
    launchChromium([`--host-resolver-rules=MAP ${rebound} 127.0.0.1`]),
    startApiServer(),
    startHostileSite(),
  ]);
  site = await startSite({
    cluster: await api.connect(),
    files: inject("pages").board,
    // The widest of policies, so that what refuses is the guard alone.
    allow: [{ verbs: ["*"], resources: ["*", "secrets", "pods/exec"] }],
    before(request, response) {
      const entry: (typeof arrived)[number] = { url: request.url ?? "", status: undefined };
      arrived.push(entry);
      response.once("close", () => (entry.status = response.statusCode));
      return false;
    },
    onUpgrade: (request) => arrived.push({ url: request.url ?? "", status: 0 }),
  });
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await hostile.close();
  await api.close();
});

const from: Readonly<Record<string, () => Promise<Frame>>> = {
  async "another port"() {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${hostile.port}/`);
    return page.mainFrame();
  },
  async "another site"() {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${hostile.port}/`);
    return page.mainFrame();
  },
  async "no origin"() {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${hostile.port}/framing`);
    return eventually(() => page.frame("sandboxed") ?? undefined, "the frame is there");
  },
  async "a name that leads here"() {
    const page = await browser.newPage();
    // An empty page of this very server: one of a public address would be asked for a permission by Chromium itself.
    await page.goto(`http://${rebound}:${new URL(site.origin).port}/no-such-file`);
    return page.mainFrame();
  },
};

let attacks = 0;

/** The proxy as the attacker's page has to write it: by the name that the page itself came from, where that leads here. */
async function attack(frame: Frame, name: string, origin: string): Promise<string> {
  const marker = `attack-${++attacks}`;
  const aim = {
    collection: `${origin}/k8s/api/v1/namespaces/${marker}/configmaps`,
    watch: `${origin}/k8s/~watch?${marker}`,
    redirect: `http://127.0.0.1:${hostile.port}/redirect`,
  };
  const script = { ...reads, ...writes }[name];
  if (script === undefined) throw new Error(`there is no attack ${name}`);
  // Some of them settle when it is over, some never; the page is closed in the end.
  void frame.evaluate(script, aim).catch(() => {});
  const answered = (): true | undefined =>
    arrived.some(({ url, status }) => url.includes(marker) && status !== undefined) || undefined;
  await eventually(answered, `${name} comes to the proxy, and is answered`);
  return marker;
}

describe.each(Object.keys(from))("a page of %s", (origin) => {
  test.each([...Object.keys(reads), ...Object.keys(writes)])("reaches nothing by %s", async (name) => {
    const frame = await from[origin]?.();
    if (frame === undefined) throw new Error(`there is no page of ${origin}`);
    const { port } = new URL(site.origin);
    const before = api.requests();
    await attack(frame, name, origin === "a name that leads here" ? `http://${rebound}:${port}` : site.origin);
    expect(api.requests()).toEqual(before);
    await frame.page().close();
  });
});

test("the page of the proxy's own origin reaches the API server by the same ways", async () => {
  const page = await browser.newPage();
  await page.goto(site.origin);
  for (const name of ["fetch", "XMLHttpRequest", "post of JSON"]) {
    const marker = await attack(page.mainFrame(), name, site.origin);
    expect(api.requests().filter(({ path }) => path.includes(marker)).length).toBe(1);
  }
  await page.close();
});
