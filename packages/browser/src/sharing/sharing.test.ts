import { CoreV1, type Pod } from "@kubewright/api/core/v1";
import { informer, type Informer } from "@kubewright/runtime";
import { describe, expect, onTestFinished, test } from "vitest";
import { FakeBrowser, type FakeTab } from "../../../../test/support/fake-browser.ts";
import { podDiscovery, podsPath, status } from "../../../../test/support/page-proxy.ts";
import { connectPage, type ProxyCluster, type ProxyConnectOptions } from "../connect-proxy.ts";
import type { PlatformWorker } from "./ways.ts";

const second = 1000;
const minute = 60 * second;

interface Tab {
  readonly page: FakeTab;
  readonly cluster: ProxyCluster;
  readonly pods: Informer<Pod>;
  readonly warnings: string[];
  /** The pods that it shows. */
  names(): string[];
}

function openTab(browser: FakeBrowser, options: Partial<ProxyConnectOptions> = {}, page: FakeTab = browser.tab()): Tab {
  const warnings: string[] = [];
  const cluster = connectPage({ baseUrl: "/k8s", onWarning: (text) => warnings.push(text), ...options }, page);
  const pods = informer(cluster.api(CoreV1).pods.in("default"));
  onTestFinished(async () => {
    page.thaw();
    await cluster.close();
  });
  const names = (): string[] => Array.from(pods.list(), ({ metadata }) => metadata.name).toSorted();
  return { page, cluster, pods, warnings, names };
}

/** A browser with three tabs, in which the pods `a` and `b` are shown. */
async function setUp(way: keyof typeof ways): Promise<{
  readonly browser: FakeBrowser;
  readonly options: Partial<ProxyConnectOptions>;
  readonly tabs: readonly [Tab, Tab, Tab];
}> {
  const browser = new FakeBrowser();
  const options = ways[way](browser);
  browser.pods.put("a");
  browser.pods.put("b");
  const tabs = [openTab(browser, options), openTab(browser, options), openTab(browser, options)] as const;
  await browser.clock.settle();
  return { browser, options, tabs };
}

/** How many streams pages hold. */
const openStreams = ({ proxy }: FakeBrowser): number => proxy.streams.filter(({ over }) => !over).length;

const states = (tabs: readonly Tab[]): string[] => tabs.map(({ cluster }) => cluster.connection.getSnapshot().state);

/** Begins a watch that no other tab has; gives what ends it. */
function watchAlone(cluster: ProxyCluster): () => void {
  const ending = new AbortController();
  const watch = cluster.api(CoreV1).pods.in("default").watch({ labelSelector: "app=alone", signal: ending.signal });
  void watch[Symbol.asyncIterator]()
    .next()
    .catch(() => undefined);
  return () => ending.abort();
}

/** How each way comes about in a test. */
const ways = {
  worker(browser: FakeBrowser): Partial<ProxyConnectOptions> {
    const worker = browser.worker();
    return { worker: () => worker.connect() };
  },
  election: (): Partial<ProxyConnectOptions> => ({}),
} as const;

describe.each(["worker", "election"] as const)("tabs that share by %s", (way) => {
  test("have one stream, and one watch for what all of them show", async () => {
    const { browser, options, tabs } = await setUp(way);
    const { proxy } = browser;
    expect(proxy.opened).toBe(1);
    expect([...proxy.stream.watches.values()].map(({ path }) => path)).toEqual([podsPath]);
    for (const { names } of tabs) expect(names()).toEqual(["a", "b"]);
    expect(states(tabs)).toEqual(["connected", "connected", "connected"]);

    const late = openTab(browser, options);
    await browser.clock.settle();
    expect(late.names()).toEqual(["a", "b"]);
    browser.pods.delete("a");
    await browser.clock.settle();
    for (const { names } of [...tabs, late]) expect(names()).toEqual(["b"]);
    await browser.clock.advance(60 * minute);
    expect(proxy.opened).toBe(1);
    expect([...tabs, late].flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test("lose nothing while the stream is made anew, and ask with the version that they know", async () => {
    const { browser, tabs } = await setUp(way);
    const { proxy } = browser;
    proxy.stream.end(new Error("the network broke"));
    await browser.clock.settle();
    expect(states(tabs)).toEqual(["waiting", "waiting", "waiting"]);
    browser.pods.delete("a");
    await browser.clock.advance(3 * second);
    expect(proxy.stream.watch(podsPath).resourceVersion).toBe("3");
    for (const { names } of tabs) expect(names()).toEqual(["b"]);
    expect(states(tabs)).toEqual(["connected", "connected", "connected"]);
  });

  test("leave the watch to who is left, and the last one ends it", async () => {
    const { browser, tabs } = await setUp(way);
    const [first, second, third] = tabs;
    await Promise.all([first.cluster.close(), third.cluster.close()]);
    await browser.clock.advance(minute);
    browser.pods.put("c");
    await browser.clock.settle();
    expect(second.names()).toEqual(["a", "b", "c"]);
    expect(openStreams(browser)).toBe(1);
    await second.cluster.close();
    await browser.clock.advance(minute);
    expect(openStreams(browser)).toBe(0);
  });

  test("share with their own session only", async () => {
    const { browser, options } = await setUp(way);
    openTab(browser, { ...options, session: "jane" });
    await browser.clock.settle();
    expect(openStreams(browser)).toBe(2);
  });

  test("are signed out together, ask once for all, and come back together", async () => {
    const { browser, tabs } = await setUp(way);
    const { proxy, clock } = browser;
    proxy.answer = () => status(401, "Unauthorized", "sign in");
    proxy.stream.end();
    await clock.advance(minute);
    for (const { cluster, pods } of tabs) {
      expect(cluster.connection.getSnapshot()).toMatchObject({ state: "signedOut", error: { statusCode: 401 } });
      expect(pods.health).toMatchObject({ state: "recovering", error: { statusCode: 401 } });
    }
    const before = proxy.requests.length;
    await clock.advance(60 * minute);
    expect(proxy.requests.length - before).toBeLessThanOrEqual(60);

    browser.pods.delete("b");
    proxy.answer = (request) => (request.path === "/healthz" ? new Response("ok") : podDiscovery(request));
    (await clock.run(tabs[2].cluster.request({ path: "/healthz" }))).discard();
    await clock.advance(3 * second);
    expect(states(tabs)).toEqual(["connected", "connected", "connected"]);
    for (const { names } of tabs) expect(names()).toEqual(["a"]);
  });

  test("that nobody looks at do not hurry, until somebody looks at one of them", async () => {
    const { browser, tabs } = await setUp(way);
    const { proxy, clock } = browser;
    for (const { page } of tabs) page.look(false);
    await clock.settle();
    proxy.answer = () => {
      throw new TypeError("Failed to fetch");
    };
    proxy.stream.end();
    const before = proxy.requests.length;
    await clock.advance(60 * minute);
    expect(proxy.requests.length - before).toBeLessThan(25);
    browser.pods.delete("b");
    proxy.answer = podDiscovery;
    tabs[1].page.look(true);
    await clock.advance(3 * second);
    for (const { names } of tabs) expect(names()).toEqual(["a"]);
  });

  test("end a watch that only one of them had when that one does", async () => {
    const { browser, tabs } = await setUp(way);
    const end = watchAlone(tabs[1].cluster);
    await browser.clock.settle();
    expect(browser.proxy.stream.watches.size).toBe(2);
    end();
    await browser.clock.settle();
    expect(browser.proxy.stream.watches.size).toBe(1);
  });

  test("show thousands of objects", async () => {
    const { browser, tabs, options } = await setUp(way);
    for (let i = 0; i < 2000; i++) browser.pods.put(`p${i}`);
    const late = openTab(browser, options);
    await browser.clock.settle();
    for (const { pods } of [...tabs, late]) expect(pods.size).toBe(2002);
  });

  test("hear at once why a watch cannot begin while the connection is lost", async () => {
    const { browser, tabs } = await setUp(way);
    browser.proxy.answer = () => {
      throw new TypeError("Failed to fetch");
    };
    browser.proxy.stream.end();
    await browser.clock.advance(10 * minute);
    const watch = tabs[1].cluster.api(CoreV1).pods.watch()[Symbol.asyncIterator]();
    await expect(browser.clock.run(watch.next(), second)).rejects.toThrow("Unreachable: ");
  });

  test("are told what the server has not", async () => {
    const { browser, tabs } = await setUp(way);
    const watch = tabs[1].cluster.api(CoreV1).nodes.watch()[Symbol.asyncIterator]();
    await expect(browser.clock.run(watch.next())).rejects.toMatchObject({ name: "StatusError", statusCode: 404 });
  });

  test.each([0, 2] as const)(
    "and fall asleep for an hour (the %s.) have what is new when they wake",
    async (sleeper) => {
      const { browser, tabs } = await setUp(way);
      const { page, cluster } = tabs[sleeper];
      watchAlone(cluster);
      await browser.clock.settle();
      expect(browser.proxy.stream.watches.size).toBe(2);
      page.tellDocument("freeze");
      page.freeze();
      await browser.clock.advance(10 * second);
      expect(browser.proxy.stream.watches.size).toBe(1);
      await browser.clock.advance(30 * minute);
      browser.pods.delete("a");
      browser.pods.put("c");
      await browser.clock.advance(30 * minute);
      const before = browser.proxy.opened;
      page.thaw();
      page.tellDocument("resume");
      await browser.clock.advance(5 * second);
      for (const { names } of tabs) expect(names()).toEqual(["b", "c"]);
      expect(openStreams(browser)).toBe(1);
      expect(browser.proxy.opened).toBe(before);
    },
  );
});

describe("a tab that is frozen without a word", () => {
  test.each(["worker", "election"] as const)(
    "for an hour (%s) costs nothing meanwhile, and has what is new when it wakes",
    async (way) => {
      const { browser, tabs } = await setUp(way);
      const { page, cluster } = tabs[2];
      watchAlone(cluster);
      await browser.clock.settle();
      expect(browser.proxy.stream.watches.size).toBe(2);
      page.freeze();
      await browser.clock.advance(30 * minute);
      // What it alone had asked for is let go of.
      expect(browser.proxy.stream.watches.size).toBe(1);
      browser.pods.delete("a");
      await browser.clock.advance(30 * minute);
      page.thaw();
      await browser.clock.advance(minute);
      for (const { names } of tabs) expect(names()).toEqual(["b"]);
      expect(openStreams(browser)).toBe(1);
    },
  );
});

describe.each(["worker", "election"] as const)(
  "tabs that share by %s, and a visitor who does not want to wait",
  (way) => {
    test.each([0, 2] as const)("come back at once for all (the %s. is asked)", async (asked) => {
      const { browser, tabs } = await setUp(way);
      const { proxy, clock } = browser;
      proxy.answer = () => {
        throw new TypeError("Failed to fetch");
      };
      proxy.stream.end();
      await clock.advance(10 * minute);
      expect(states(tabs)).toEqual(["waiting", "waiting", "waiting"]);
      proxy.answer = podDiscovery;
      browser.pods.delete("a");
      tabs[asked].cluster.connection.retry();
      await clock.advance(second);
      expect(states(tabs)).toEqual(["connected", "connected", "connected"]);
      for (const { names } of tabs) expect(names()).toEqual(["b"]);
    });

    test("are no quicker than the proxy asked for, and not for asking often", async () => {
      const { browser, tabs } = await setUp(way);
      const { proxy, clock } = browser;
      proxy.answer = () => status(429, "TooManyRequests", "later", { "retry-after": "20" });
      proxy.stream.end();
      await clock.advance(5 * second);
      const before = proxy.requests.length;
      for (let time = 0; time < 10; time++) {
        for (const { cluster } of tabs) cluster.connection.retry();
        await clock.advance(second);
      }
      expect(proxy.requests.length).toBe(before);
    });

    test("stay as they are where all is well", async () => {
      const { browser, tabs } = await setUp(way);
      const before = browser.proxy.requests.length;
      tabs[1].cluster.connection.retry();
      await browser.clock.advance(minute);
      expect(browser.proxy.requests.length).toBe(before);
      expect(states(tabs)).toEqual(["connected", "connected", "connected"]);
    });
  },
);

describe.each(["worker", "election"] as const)(
  "a tab that somebody else opens, who signed in meanwhile (%s)",
  (way) => {
    test("is shown nothing of what the other user sees, and all tabs go on as who is signed in", async () => {
      const { browser, options, tabs } = await setUp(way);
      const { proxy, clock } = browser;
      // The stream belongs to who opened it: for all others it is not there.
      const foreign = proxy.stream.name;
      browser.pods.delete("a");
      await clock.settle();
      const asked = proxy.requests.length;
      let told = 0;
      proxy.answer = (request) => {
        if (request.path === `/~watch/${foreign}`) {
          told = late.names().length;
          return status(404, "NotFound", "there is no such stream");
        }
        return podDiscovery(request);
      };
      const late = openTab(browser, options);
      await clock.advance(5 * second);
      expect(proxy.requests.slice(asked).map(({ path }) => path)).toContain(`/~watch/${foreign}`);
      expect(told).toBe(0);
      expect(proxy.stream.name).not.toBe(foreign);
      // Nothing that was known before is built upon.
      expect(proxy.stream.watch(podsPath).resourceVersion).toBeUndefined();
      for (const { names } of [...tabs, late]) expect(names()).toEqual(["b"]);
      expect(openStreams(browser)).toBe(1);
    });

    test("waits for what it is shown while nobody knows who that is", async () => {
      const { browser, options } = await setUp(way);
      const { proxy, clock } = browser;
      let answer: (response: Response) => void = () => {};
      proxy.answer = (request) =>
        request.path.startsWith("/~watch/") ? new Promise((resolve) => (answer = resolve)) : podDiscovery(request);
      const late = openTab(browser, options);
      await clock.advance(5 * second);
      expect(late.names()).toEqual([]);
      answer(new Response(null, { status: 204 }));
      await clock.advance(second);
      expect(late.names()).toEqual(["a", "b"]);
    });
  },
);

describe("an elected tab", () => {
  test("that dies is replaced by the next, which goes on with the versions that are known", async () => {
    const { browser, tabs } = await setUp("election");
    const [dead, ...alive] = tabs;
    dead.page.kill();
    browser.proxy.stream.end();
    browser.pods.delete("a");
    await browser.clock.advance(3 * second);
    for (const { names } of alive) expect(names()).toEqual(["b"]);
    expect(openStreams(browser)).toBe(1);
    expect(alive.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test.each(["dies", "is closed"])(
    "that %s, and the next, and the one after it: the last goes on in that way",
    async (how) => {
      const { browser, tabs, options } = await setUp("election");
      const all = [...tabs, openTab(browser, options), openTab(browser, options)];
      await browser.clock.settle();
      const last = all.at(-1)!;
      for (const { page, cluster } of all.slice(0, -1)) {
        if (how === "dies") page.kill();
        else await cluster.close();
        await browser.clock.advance(2 * second);
      }
      browser.pods.delete("a");
      await browser.clock.advance(3 * second);
      expect(last.names()).toEqual(["b"]);
      expect(openStreams(browser)).toBe(1);
      expect(last.warnings).toEqual([]);
    },
  );

  test("that is frozen without a word is replaced, and is a tab like the others when it wakes", async () => {
    const { browser, tabs } = await setUp("election");
    const [frozen, ...awake] = tabs;
    frozen.page.freeze();
    browser.pods.delete("a");
    await browser.clock.advance(12 * second);
    for (const { names } of awake) expect(names()).toEqual(["b"]);
    frozen.page.thaw();
    await browser.clock.advance(minute);
    for (const { names } of tabs) expect(names()).toEqual(["b"]);
    expect(openStreams(browser)).toBe(1);
    expect(tabs.flatMap(({ warnings }) => warnings)).toEqual([]);
  });
});

describe("what a page may not use", () => {
  test.each<[string, (browser: FakeBrowser) => Partial<ProxyConnectOptions>, string]>([
    [
      "a worker that the page's policy forbids",
      () => ({
        worker() {
          throw new DOMException(
            "Access to the script is denied by the document's Content Security Policy.",
            "SecurityError",
          );
        },
      }),
      "Content Security Policy",
    ],
    [
      "a worker whose code is not there",
      (browser) => {
        const worker = browser.worker();
        worker.dead = true;
        return {
          worker() {
            const { port } = worker.connect();
            return { port, addEventListener: (_, listener) => queueMicrotask(() => listener(new Event("error"))) };
          },
        };
      },
      "its code could not be loaded",
    ],
    [
      "a worker that does not answer",
      (browser) => {
        const worker = browser.worker();
        worker.dead = true;
        return { worker: () => worker.connect() };
      },
      "did not answer",
    ],
  ])("%s: the tabs choose one of themselves, and that is said once", async (_, optionsOf, why) => {
    const browser = new FakeBrowser();
    const options = optionsOf(browser);
    browser.pods.put("a");
    const tabs = [openTab(browser, options), openTab(browser, options)];
    await browser.clock.advance(minute);
    for (const { names, warnings } of tabs) {
      expect(names()).toEqual(["a"]);
      expect(warnings).toEqual([
        expect.stringMatching(new RegExp(`^Tabs cannot share watches by a shared worker: .*${why}.*one tab for all`)),
      ]);
    }
    expect(openStreams(browser)).toBe(1);
    await browser.clock.advance(60 * minute);
    expect(tabs.flatMap(({ warnings }) => warnings)).toHaveLength(2);
  });

  test("a worker that dies: the tabs choose one of themselves, and go on", async () => {
    const browser = new FakeBrowser();
    const worker = browser.worker();
    browser.pods.put("a");
    const tabs = [1, 2].map(() => openTab(browser, { worker: () => worker.connect() }));
    await browser.clock.settle();
    worker.dead = true;
    browser.proxy.stream.end();
    browser.pods.put("b");
    await browser.clock.advance(2 * minute);
    for (const { names } of tabs) expect(names()).toEqual(["a", "b"]);
  });

  test("a worker that ends again and again: the tabs choose one of themselves", async () => {
    const browser = new FakeBrowser();
    let made = 0;
    const worker = (): PlatformWorker => {
      const one = browser.worker();
      made += 1;
      browser.clock.after(second, () => one.end());
      return one.connect();
    };
    browser.pods.put("a");
    const tab = openTab(browser, { worker });
    await browser.clock.advance(minute);
    expect(made).toBe(3);
    expect(tab.names()).toEqual(["a"]);
    expect(tab.warnings).toEqual([expect.stringContaining("Tabs cannot share watches by a shared worker: Moved: ")]);
    expect(openStreams(browser)).toBe(1);
  });

  test.each<[string, (page: FakeTab) => void]>([
    [
      "locks",
      (page) => {
        page.navigator.locks = {
          request: () => Promise.reject(new DOMException("The request was denied.", "SecurityError")),
        };
      },
    ],
    [
      "no locks outside of https",
      (page) => {
        Object.assign(page.navigator, { locks: undefined });
        Object.assign(page, { isSecureContext: false });
      },
    ],
    [
      "channels",
      (page) => {
        page.BroadcastChannel = function forbidden() {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        } as never;
      },
    ],
  ])("%s, with storage forbidden: each tab has its own stream, and that is said once", async (_, forbid) => {
    const browser = new FakeBrowser();
    browser.pods.put("a");
    const tabs = [1, 2].map(() => {
      const page = browser.tab();
      forbid(page);
      return openTab(browser, {}, page);
    });
    await browser.clock.settle();
    for (const { names, warnings } of tabs) {
      expect(names()).toEqual(["a"]);
      expect(warnings).toEqual([expect.stringContaining("Tabs cannot share watches by one tab for all: ")]);
    }
    expect(openStreams(browser)).toBe(2);
    browser.proxy.streams[0]?.end();
    browser.pods.put("b");
    await browser.clock.advance(60 * minute);
    for (const { names, warnings } of tabs) {
      expect(names()).toEqual(["a", "b"]);
      expect(warnings).toHaveLength(1);
    }
  });
});
